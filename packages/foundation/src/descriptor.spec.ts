import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { byName, describeSettings, parseSettings, settingNames, unknownSetting } from './descriptor.js';

const adversary = z.strictObject({
  steps: z.int().min(1).default(3).describe('K, the number of ascents'),
  stepSize: z.number().min(0).max(2).default(0.1).describe('α'),
  norm: z.enum(['l2', 'linf']).default('l2'),
  bound: z.number().positive().exactOptional(),
  tables: z.array(z.string()).default([]),
});

describe('parseSettings', () => {
  it('fills in what is not given', () => {
    expect(parseSettings(adversary, { steps: 5 }, { of: 'pgd' })).toEqual({
      steps: 5,
      stepSize: 0.1,
      norm: 'l2',
      tables: [],
    });
  });

  it.each([
    [{ steps: 0 }, "The setting 'steps' of pgd is 0; it must be at least 1.", 'steps'],
    [{ steps: 1.5 }, "The setting 'steps' of pgd is 1.5; it must be a whole number.", 'steps'],
    [{ stepSize: 3 }, "The setting 'stepSize' of pgd is 3; it must be at most 2.", 'stepSize'],
    [{ bound: 0 }, "The setting 'bound' of pgd is 0; it must be more than 0.", 'bound'],
    [{ norm: 'l1' }, `The setting 'norm' of pgd is "l1"; it must be one of l2, linf.`, 'norm'],
    [{ norm: null }, `The setting 'norm' of pgd is null; it must be one of l2, linf.`, 'norm'],
    [{ tables: [3] }, "The setting 'tables.0' of pgd is 3; it must be of type string.", 'tables.0'],
  ])('refuses %j', (given, message, option) => {
    expect(() => parseSettings(adversary, given, { of: 'pgd' })).toThrow(
      expect.objectContaining({ name: 'InputError', message, option }),
    );
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
  });
});

it('knows the names below a path', () => {
  expect(settingNames(adversary)).toEqual(['steps', 'stepSize', 'norm', 'bound', 'tables']);
  expect(settingNames(z.strictObject({ pgd: adversary.prefault({}) }), ['pgd'])).toHaveLength(5);
  expect(settingNames(adversary, ['steps'])).toEqual([]);
});

it('describes settings for lists and documents', () => {
  expect(describeSettings(adversary)).toEqual([
    { name: 'steps', range: 'whole number, ≥ 1', default: '3', description: 'K, the number of ascents' },
    { name: 'stepSize', range: 'number, 0 … 2', default: '0.1', description: 'α' },
    { name: 'norm', range: 'l2 | linf', default: '"l2"', description: '' },
    { name: 'bound', range: 'number, > 0', description: '' },
    { name: 'tables', range: 'list of string', default: '[]', description: '' },
  ]);
});

it('keeps descriptors by name, and refuses two of one', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  expect([...byName([b, a]).keys()]).toEqual(['b', 'a']);
  expect(() => byName([a, b, { name: 'a' }])).toThrow("Two are called 'a'.");
});
