import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeSettings } from './describe-settings.js';
import { unknownSetting } from './setting-errors.js';
import { settingNames } from './setting-shapes.js';
import { parseSettings } from './settings.js';

const adversary = z.strictObject({
  steps: z.int().min(1).default(3).describe('K, the number of ascents'),
  stepSize: z.number().min(0).max(2).default(0.1).describe('α'),
  norm: z.enum(['l2', 'linf']).default('l2'),
  bound: z.number().positive().exactOptional(),
  tables: z.array(z.string()).nonempty().default(['x']),
  bounds: z.record(z.string(), z.number()).exactOptional(),
});

describe('parseSettings', () => {
  it('fills in what is not given', () => {
    expect(parseSettings(adversary, { steps: 5 }, { of: 'pgd' })).toEqual({
      steps: 5,
      stepSize: 0.1,
      norm: 'l2',
      tables: ['x'],
    });
  });

  it.each([
    [{ steps: 0 }, "The setting 'steps' of pgd is 0; it must be at least 1.", 'steps'],
    [{ steps: 1.5 }, "The setting 'steps' of pgd is 1.5; it must be a whole number.", 'steps'],
    [{ stepSize: 3 }, "The setting 'stepSize' of pgd is 3; it must be at most 2.", 'stepSize'],
    [{ bound: 0 }, "The setting 'bound' of pgd is 0; it must be more than 0.", 'bound'],
    [{ norm: 'l1' }, `The setting 'norm' of pgd is "l1"; it must be one of l2, linf.`, 'norm'],
    [{ norm: null }, `The setting 'norm' of pgd is null; it must be one of l2, linf.`, 'norm'],
    [{ steps: 'two' }, `The setting 'steps' of pgd is "two"; it must be a number.`, 'steps'],
    [{ steps: Infinity }, "The setting 'steps' of pgd is Infinity; it must be a number.", 'steps'],
    [{ stepSize: NaN }, "The setting 'stepSize' of pgd is NaN; it must be a number.", 'stepSize'],
    [{ tables: 'x' }, `The setting 'tables' of pgd is "x"; it must be a list.`, 'tables'],
    [{ tables: ['x', 3] }, "The setting 'tables' of pgd holds 3; each must be text.", 'tables'],
    [{ tables: [] }, "The setting 'tables' of pgd is []; it must not be empty.", 'tables'],
    [{ bounds: { a: 'x' } }, `The setting 'bounds' of pgd holds "x"; each must be a number.`, 'bounds'],
    [{ bounds: 3 }, "The setting 'bounds' of pgd is 3; it must be names with a value each.", 'bounds'],
    [{ steps: { a: 1 } }, `The setting 'steps' of pgd is {"a":1}; it must be a number.`, 'steps'],
  ])('refuses %j', (given, message, option) => {
    expect(() => parseSettings(adversary, given, { of: 'pgd' })).toThrow(
      expect.objectContaining({ name: 'InputError', message, option }),
    );
  });

  it.each([
    [{ steps: 0 }, 'It takes: whole number, ≥ 1; default 3.'],
    [{ norm: 'l1' }, 'It takes: l2 | linf; default "l2".'],
    [{ tables: [3] }, 'It takes: list of string; default ["x"].'],
  ])('says what it takes instead of %j', (given, hint) => {
    expect(() => parseSettings(adversary, given, { of: 'pgd' })).toThrow(expect.objectContaining({ hint }));
  });

  it('shows long values shortened, and those that hold themselves not at all', () => {
    const endless: unknown[] = [];
    endless.push(endless);
    const shown = (norm: unknown) => {
      try {
        parseSettings(adversary, { norm }, { of: 'pgd' });
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    };
    expect(shown('x'.repeat(1000))?.length).toBeLessThan(140);
    expect(shown(endless)).toContain('is a value that holds itself; it must be one of');
  });

  it('names the nearest setting for one that there is not', () => {
    expect(() => parseSettings(adversary, { stepsize: 1 }, { of: 'pgd' })).toThrow(
      expect.objectContaining({
        message: "There is no setting 'stepsize' of pgd.",
        hint: "Did you mean 'stepSize'?",
        option: 'stepsize',
      }),
    );
  });
});

describe('unknownSetting', () => {
  const schema = z.strictObject({
    training: z.strictObject({ epochs: z.int().default(1) }).prefault({}),
    attack: z.strictObject({ recipes: z.strictObject({ pwws: z.strictObject({ maxCandidates: z.int() }) }) }),
  });

  it('finds a setting that stands elsewhere', () => {
    expect(unknownSetting(['attack', 'maxCandidates'], { schema }).hint).toBe(
      "Did you mean 'attack.recipes.pwws.maxCandidates'?",
    );
  });

  it('lists what there is where nothing comes near', () => {
    expect(unknownSetting(['training', 'colour'], { schema }).hint).toBe('Known here: epochs.');
    expect(unknownSetting(['training', 'epochs', 'first'], { schema }).hint).toBe(
      "'training.epochs' has no settings below it. It takes: whole number; default 1.",
    );
  });
});

it('knows the names below a path', () => {
  expect(settingNames(adversary)).toEqual(['steps', 'stepSize', 'norm', 'bound', 'tables', 'bounds']);
  expect(settingNames(z.strictObject({ pgd: adversary.prefault({}) }), ['pgd'])).toHaveLength(6);
  expect(settingNames(adversary, ['steps'])).toEqual([]);
});

it('describes settings for lists and documents', () => {
  expect(describeSettings(adversary)).toEqual([
    { name: 'steps', range: 'whole number, ≥ 1', default: '3', description: 'K, the number of ascents' },
    { name: 'stepSize', range: 'number, 0 … 2', default: '0.1', description: 'α' },
    { name: 'norm', range: 'l2 | linf', default: '"l2"', description: '' },
    { name: 'bound', range: 'number, > 0', description: '' },
    { name: 'tables', range: 'list of string', default: '["x"]', description: '' },
    { name: 'bounds', range: 'names with a value each', description: '' },
  ]);
});
