import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { scoresCsv } from './scores-csv.js';
import { scoreRow } from './testing/rows.js';

describe('scoresCsv', () => {
  it('orders names as they first appear, seeds as numbers, suites and metrics by name', () => {
    const rows = [
      scoreRow({ variant: 'vanilla', seed: 10 }),
      scoreRow({ variant: 'rose', seed: 2, suite: 'dev' }),
      scoreRow({ variant: 'rose', seed: 2, suite: 'advglue', metric: 'b' }),
      scoreRow({ variant: 'rose', seed: 2, suite: 'advglue', metric: 'a' }),
      scoreRow({ variant: 'vanilla', seed: 9, value: 1 / 3 }),
    ];
    expect(scoresCsv(rows)).toBe(
      [
        'task,model,variant,seed,suite,metric,value,examples',
        'sst2,mini,vanilla,9,dev,accuracy,0.3333333333333333,100',
        'sst2,mini,vanilla,10,dev,accuracy,0.8,100',
        'sst2,mini,rose,2,advglue,a,0.8,100',
        'sst2,mini,rose,2,advglue,b,0.8,100',
        'sst2,mini,rose,2,dev,accuracy,0.8,100',
        '',
      ].join('\n'),
    );
  });

  it('quotes what would break a line', () => {
    const [, line] = scoresCsv([scoreRow({ variant: 'a,b "c"', model: 'x\ry' })]).split('\n');
    expect(line).toBe('sst2,"x\ry","a,b ""c""",1,dev,accuracy,0.8,100');
  });

  it('is only the header without rows', () => {
    expect(scoresCsv([])).toBe('task,model,variant,seed,suite,metric,value,examples\n');
  });

  it.each([
    ['NaN', { value: Number.NaN }],
    ['infinity', { value: Number.POSITIVE_INFINITY }],
    ['no examples', { examples: 0 }],
    ['a broken seed', { seed: 1.5 }],
  ])('refuses %s and says where', (_, changes) => {
    let thrown: unknown;
    try {
      scoresCsv([scoreRow(changes)]);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InputError);
    expect(thrown).toMatchObject({ where: expect.stringContaining('sst2 / mini / vanilla') as string });
  });

  it('refuses the same score twice', () => {
    expect(() => scoresCsv([scoreRow(), scoreRow({ value: 0.1 })])).toThrow(/twice/u);
  });
});
