import { describe, expect, it } from 'vitest';
import { robustnessTable } from './robustness-table.js';
import { grid, headline, scoreRow, seedRows } from './testing/rows.js';

describe('robustnessTable', () => {
  it('aggregates over seeds', () => {
    const table = robustnessTable(grid, { headline });
    expect(table.columns.map(({ task, suite, metric }) => [task, suite, metric])).toEqual([
      ['sst2', 'dev', 'accuracy'],
      ['sst2', 'advglue', 'accuracy'],
    ]);
    expect(table.seeds).toEqual([1, 2, 3]);
    const [dev, adversarial] = table.rows[0]?.cells ?? [];
    expect(dev?.mean).toBeCloseTo(0.91, 14);
    expect(dev?.std).toBeCloseTo(0.01, 14);
    expect(adversarial?.mean).toBeCloseTo(0.35, 14);
    expect(adversarial?.std).toBeCloseTo(0.05, 14);
    expect(adversarial?.examples).toEqual([148]);
    // Wilson at 0.35 of 148 by hand: 1.95996 / 1.025956 × √(0.2275 / 148 + 3.841459 / 87616) = 0.075960.
    expect(adversarial?.noise).toBeCloseTo(0.07596, 5);
    expect(table.rows.map((row) => row.cells.map((cell) => cell?.best))).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('ignores other metrics, and takes the headline as a map or a record', () => {
    const rows = [scoreRow({ value: 0.5 }), scoreRow({ metric: 'queries', value: 31.2 })];
    const table = robustnessTable(rows, { headline: { dev: 'accuracy' } });
    expect(table.rows[0]?.cells[0]?.mean).toBe(0.5);
    expect(robustnessTable(rows, { headline: new Map([['dev', 'accuracy']]) })).toEqual(table);
  });

  it('orders variants as asked, suites as in the headline, tasks and models as they appear', () => {
    const rows = [
      scoreRow({ task: 'rte', suite: 'advglue', model: 'b', variant: 'y' }),
      scoreRow({ task: 'rte', suite: 'dev', model: 'b', variant: 'x' }),
      scoreRow({ task: 'cola', suite: 'dev', model: 'a', variant: 'z' }),
    ];
    const table = robustnessTable(rows, { headline, variants: ['x', 'y'] });
    expect(table.columns.map(({ task, suite }) => `${task} ${suite}`)).toEqual(['rte dev', 'rte advglue', 'cola dev']);
    expect(table.rows.map(({ model, variant }) => `${model} ${variant}`)).toEqual([
      'b x',
      'b y',
      'b z',
      'a x',
      'a y',
      'a z',
    ]);
  });

  it('gives a planned variant without scores an empty row, and a cell only the seeds it has', () => {
    const rows = [...seedRows([0.8, 0.9]), scoreRow({ variant: 'rose', seed: 2, value: 0.7 })];
    const table = robustnessTable(rows, { headline, variants: ['vanilla', 'rose', 'r3f'] });
    expect(table.rows.map((row) => row.cells[0]?.seeds)).toEqual([[1, 2], [2], undefined]);
    expect(table.rows[1]?.cells[0]?.std).toBeUndefined();
  });

  it('flags a mean over different example counts and takes the noise of the smaller', () => {
    const rows = [scoreRow({ seed: 1, examples: 400 }), scoreRow({ seed: 2, examples: 100 })];
    const cell = robustnessTable(rows, { headline }).rows[0]?.cells[0];
    expect(cell?.examples).toEqual([100, 400]);
    expect(cell?.noise).toBe(robustnessTable(rows.slice(1), { headline }).rows[0]?.cells[0]?.noise);
  });

  it('calls equal printed means equally good, and a lone row not best', () => {
    const tie = [scoreRow({ value: 0.8001 }), scoreRow({ variant: 'rose', value: 0.8002 })];
    const best = (rows: typeof tie) => robustnessTable(rows, { headline }).rows.map((row) => row.cells[0]?.best);
    expect(best(tie)).toEqual([true, true]);
    expect(best(tie.slice(1))).toEqual([false]);
  });

  it('refuses a headline that does not fit the rows', () => {
    const table = (metric: string, row = scoreRow()) => robustnessTable([row], { headline: { dev: metric } });
    expect(() => table('acuracy')).toThrow(expect.objectContaining({ hint: 'Did you mean "accuracy"?' }) as Error);
    expect(() => table('accuracy', scoreRow({ suite: 'advglue' }))).toThrow(/No headline metric.*advglue/u);
    expect(() => table('accuracy', scoreRow({ value: 91.2 }))).toThrow(/share from 0 to 1/u);
    expect(() => table('accuracy', scoreRow({ value: Number.NaN }))).toThrow(/NaN/u);
  });

  it('is empty without rows', () => {
    expect(robustnessTable([], { headline })).toEqual({ columns: [], rows: [], seeds: [], missing: [] });
  });
});
