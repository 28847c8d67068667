import { expect, it } from 'vitest';
import type { PlannedRun } from '@rose/experiments';
import { SweepProgress } from './sweep-progress.js';

const run = (id: string, variant: string) => ({ id, variant }) as PlannedRun;

it('scales the time passed by the cost that is still to come', () => {
  let now = 0;
  const cheap = run('cheap', 'vanilla');
  const dear = run('dear', 'rose-first');
  const written: string[] = [];
  const progress = new SweepProgress({
    runs: [cheap, dear],
    costOf: ({ variant }) => (variant === 'vanilla' ? 1 : 3),
    suites: ['dev', 'textfooler'],
    write: (text) => written.push(text),
    interactive: false,
    now: () => now,
  });
  progress.begin(cheap);
  expect(progress.secondsLeft()).toBeUndefined();
  now = 10_000;
  progress.end(cheap, 'interrupted', { record: undefined, lastWords: '' });
  expect(progress.secondsLeft()).toBeCloseTo(30, 6);

  progress.begin(dear);
  now = 20_000;
  // Training is 60 % of a run, suites share the rest: half way through the second of two is 90 %.
  progress.update(dear, { kind: 'suite', suite: 'textfooler', done: 5, total: 10 });
  expect(progress.secondsLeft()).toBeCloseTo((20 * 0.3) / 3.7, 6);
  expect(written.join('')).toContain('cheap: interrupted, will be resumed\n');
});

it('says what a run that failed has said last', () => {
  const written: string[] = [];
  const options = { costOf: () => 1, suites: ['dev'], interactive: false, write: (text: string) => written.push(text) };
  const progress = new SweepProgress({ runs: [run('a', 'vanilla')], ...options });
  progress.end(run('a', 'vanilla'), 'failed', { record: undefined, lastWords: 'killed by SIGKILL\n' });
  expect(written.join('')).toContain('a: failed: killed by SIGKILL\n');
});
