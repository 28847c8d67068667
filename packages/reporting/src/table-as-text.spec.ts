import { describe, expect, it } from 'vitest';
import { robustnessTable } from './robustness-table.js';
import { tableAsText } from './table-as-text.js';
import { grid, headline, scoreRow } from './testing/rows.js';

describe('tableAsText', () => {
  it('draws the table with its gaps and its notes', () => {
    const rows = grid.filter((row) => row.variant === 'vanilla' || row.seed !== 3 || row.suite === 'dev');
    const table = robustnessTable(rows, {
      headline,
      variants: ['vanilla', 'rose-first', 'r3f'],
      missing: [{ id: 'sst2_mini_r3f_1', reason: 'the loss is NaN\n  at step 12' }],
    });
    expect(tableAsText(table)).toBe(`                          sst2                sst2
                           dev             advglue
variant               accuracy            accuracy
──────────────────────────────────────────────────
vanilla            *91.0 ± 1.0    35.0 ± 5.0
rose-first          90.5 ± 0.0   *47.5 ± 3.5 [2/3]
r3f                    –             –
──────────────────────────────────────────────────
examples                   872                 148
noise of one run         ± 1.9               ± 7.9

Model: mini.
Percent: mean ± sample standard deviation (n − 1) over 3 seeds.
*: best mean of its column, to the printed decimal.
Noise of one run: half the width of the 95 % Wilson interval for the examples of the column, at its widest cell. A difference within this noise or within the ± is not evidence; a larger one still wants a paired test.
–: no result.
[k/n]: only k of the n seeds gave a result; the mean is not over the same runs as its neighbours.
Missing, 1 run: sst2_mini_r3f_1 (the loss is NaN at step 12).
`);
  });

  it('invents no ± for one seed', () => {
    const text = tableAsText(robustnessTable([scoreRow(), scoreRow({ variant: 'rose', value: 0.7 })], { headline }));
    expect(text).toContain('1 seed: there is no ±');
    expect(text).toMatch(/^vanilla +\*80\.0$/mu);
    expect(text).toMatch(/^rose +70\.0$/mu);
  });

  it('flags unlike example counts, in the cell and below the column', () => {
    const rows = [scoreRow({ examples: 100 }), scoreRow({ seed: 2, examples: 90 })];
    const text = tableAsText(robustnessTable(rows, { headline }));
    expect(text).toMatch(/80\.0 ± 0\.0 !/u);
    expect(text).toMatch(/^examples +90–100 !$/mu);
    expect(text).toContain('!: scored over different numbers of examples');
  });

  it('goes on below where the line is too short, and names models where there are several', () => {
    const tasks = ['sst2', 'rte', 'qnli', 'qqp'].flatMap((task) => [
      scoreRow({ task }),
      scoreRow({ task, model: 'base', value: 0.9 }),
    ]);
    const text = tableAsText(robustnessTable(tasks, { headline }), { width: 50 });
    expect(text.match(/^base · vanilla/gmu)).toHaveLength(2);
    const drawn = text.split('\n').filter((line) => /^(mini|base|variant|─)/u.test(line));
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThanOrEqual(50);
    expect(text).not.toContain('Model: ');
  });

  it('says so when there is nothing', () => {
    const missing = [{ id: 'a', reason: 'killed' }];
    expect(tableAsText(robustnessTable([], { headline, missing }))).toBe(
      'No results.\n\nMissing, 1 run: a (killed).\n',
    );
  });

  it('counts runs that are missing for one reason where they are many', () => {
    const missing = [...'abcde'].map((id) => ({ id, reason: id === 'c' ? 'killed' : 'not run yet' }));
    expect(tableAsText(robustnessTable([], { headline, missing }))).toContain(
      'Missing, 5 runs: 4 (not run yet), of which a is the first; c (killed).',
    );
  });
});
