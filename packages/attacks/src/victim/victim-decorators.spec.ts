import { expect, it } from 'vitest';
import { VictimError } from './victim.js';
import type { Victim } from './victim.js';
import { meteredVictim, timeLimitedVictim } from './victim-decorators.js';

const rows = (inputs: readonly unknown[]) => inputs.map(() => [0.5, 0.5]);

it('measures calls, texts and the time in which some call is under way', async () => {
  let now = 0;
  const answers: (() => void)[] = [];
  const slow: Victim = {
    name: 'slow',
    probabilities: (inputs) => new Promise((resolve) => answers.push(() => resolve(rows(inputs)))),
  };
  const { victim, usage } = meteredVictim(slow, () => now);
  const first = victim.probabilities([['a'], ['b']]);
  now = 1000;
  const second = victim.probabilities([['c']]);
  now = 3000;
  answers[0]?.();
  await first;
  now = 4000;
  expect(usage()).toEqual({ calls: 2, texts: 3, seconds: 4 });
  answers[1]?.();
  await second;
  now = 9000;
  expect(usage().seconds).toBe(4);
  await expect(
    meteredVictim({ name: 'ill', probabilities: () => Promise.reject(new Error('ill')) }).victim.probabilities([]),
  ).rejects.toThrow('ill');
});

it('gives up a call that takes too long, and lets others pass', async () => {
  const moody: Victim = {
    name: 'moody',
    probabilities: (inputs) => (inputs.length > 1 ? new Promise(() => undefined) : Promise.resolve(rows(inputs))),
    gradientNorms: () => new Promise(() => undefined),
  };
  const victim = timeLimitedVictim(moody, 0.02);
  expect(await victim.probabilities([['a']])).toEqual([[0.5, 0.5]]);
  await expect(victim.probabilities([['a'], ['b']])).rejects.toThrow('Victim "moody" did not answer within 0.02 s.');
  await expect(victim.gradientNorms?.([['a']], [0])).rejects.toThrow(VictimError);
});
