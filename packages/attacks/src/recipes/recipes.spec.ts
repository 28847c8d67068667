import { InputError, describeSettings } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import type { AttackExample } from '../text/outcome.js';
import type { RecipeResources, ResourceRole } from '../attack/recipe-resources.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';
import type { Victim } from '../victim/victim.js';
import { recipes } from './recipes.js';

/** A linear victim that shows its gradients: the norm at a word is its weight. */
function whiteBox(weights: Record<string, number>): Victim {
  const weightOf = (word: string) => Math.abs(weights[word.toLowerCase()] ?? 0);
  return {
    ...linearVictim(weights),
    gradientNorms: (inputs) =>
      Promise.resolve(inputs.map((columns) => AttackedText.of(columns).words.map(({ text }) => weightOf(text)))),
  };
}

/** Texts of as many words point the same way: every swap is welcome. */
const sentenceEncoder: SentenceEncoder = {
  name: 'toy-encoder',
  embed: (texts) => Promise.resolve(texts.map(() => Float32Array.of(1, 0))),
};

const weights = { good: 2, old: 1, film: 0.5, fine: 0.5, nice: -1, movie: -1, great: 0.3, isn: -3, seven: 1 };
const words = ['nice', 'fine', 'movie', 'great'];
const fill = Object.fromEntries(
  ['a _ old film', 'a good _ film', 'a good old _', 'the film is _'].map((hole) => [hole, { nice: 0.6, great: 0.4 }]),
);
const everything = {
  synonyms: toySynonyms(
    { good: words, old: ['aged'], film: ['movie'] },
    { cosine: () => 0.95, squaredDistance: () => 0.1 },
  ),
  partOfSpeech: toyTagger(),
  sentenceEncoder,
  maskedLanguageModel: toyLanguageModel({ fill, reconstruct: { good: [{ nice: 0.6 }], film: [{ movie: 0.6 }] } }),
  grammar: {
    name: 'toy-grammar',
    version: '1',
    hash: 'toy',
    errors: (texts: readonly string[]) => Promise.resolve(texts.map(() => 0)),
  },
} satisfies Required<RecipeResources>;

const without = (role: ResourceRole): RecipeResources =>
  Object.fromEntries(Object.entries(everything).filter(([name]) => name !== role));

const examples: readonly AttackExample[] = [
  'a good old film',
  'the film is good',
  "it isn't the good old film, Mary said in New York on page 31",
  'seven of these good films are old',
  '😀 …',
  '',
].map((text, id) => ({ id, texts: [text], label: 1 }));

describe.each([...recipes])('%s', (key, entry) => {
  const recipe = entry.create(everything);

  it('gives outcomes that depend on neither concurrency nor order', async () => {
    const victim = whiteBox(weights);
    const alone = await outcomesOf({ recipe, victim, examples, concurrency: 1, batchSize: 1 });
    const together = await outcomesOf({ recipe: entry.create(everything), victim, examples: [...examples].reverse() });
    expect(together.reverse()).toEqual(alone);
    expect(alone.map(({ status }) => status)).not.toContain('error');
    expect(alone.some(({ queries }) => queries > 1)).toBe(true);
  });

  it('keeps to a budget', async () => {
    const [outcome] = await outcomesOf({
      recipe,
      victim: whiteBox(weights),
      examples: examples.slice(2, 3),
      queryBudget: 5,
    });
    expect(outcome?.queries).toBeLessThanOrEqual(5);
  });

  it('leaves frozen columns alone', async () => {
    const pair = { id: 0, texts: ['a good old film', 'the film is good'], label: 1 };
    const frozen = entry.create({ ...everything, frozenColumns: [0] });
    const [outcome] = await outcomesOf({
      recipe: frozen,
      victim: whiteBox({ ...weights, good: 0.2 }),
      examples: [pair],
    });
    expect((outcome?.adversarial ?? outcome?.original)?.texts[0]).toBe('a good old film');
    expect(outcome?.replacements.every(({ column }) => column === 1)).toBe(true);
  });

  it('describes itself as plain data, with its paper, its resources and its departures', () => {
    const description = recipe.describe();
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    expect(description.paper).toBe(entry.paper);
    expect(description.departures).toEqual(expect.arrayContaining([...entry.departures]));
    expect(description.recipe.startsWith(key)).toBe(true);
    const own = description.sources.filter(({ name }) => name.startsWith('rose-'));
    expect(own.every(({ hash }) => hash !== undefined && /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it('has settings with a range and a description, and a default or a word on what holds without', () => {
    const settings = describeSettings(entry.settings);
    for (const { range, description, default: usual } of settings) {
      expect(range).not.toBe('');
      expect(description).toMatch(usual === undefined ? /unless set; / : /; |, or /);
    }
    const inForce = recipe.describe().settings;
    expect(Object.keys(inForce).filter((name) => !settings.some((setting) => setting.name === name))).toEqual([]);
    for (const { name, default: usual } of settings) {
      if (name in inForce) expect(JSON.stringify(inForce[name])).toBe(usual);
    }
    expect(() => entry.create(everything, { 'no such': 1 })).toThrow("There is no setting 'no such'");
  });

  it('is refused without what it needs, and says what that is', () => {
    if (entry.needs.length === 0) {
      expect(entry.create({}).name).toBe(recipe.name);
      return;
    }
    expect(() => entry.create({})).toThrow(InputError);
    for (const role of entry.needs) {
      expect(() => entry.create(without(role))).toThrow(entry.title);
    }
  });
});

it('recipes name the tables of this project that they draw on', () => {
  const tables = [...recipes].map(([key, entry]) => [
    key,
    entry
      .create(everything)
      .describe()
      .sources.map(({ name }) => name)
      .filter((name) => name.startsWith('rose-') && name !== 'rose-function-words'),
  ]);
  expect(tables.filter(([, names]) => names?.length)).toEqual([
    ['textbugger', ['rose-look-alikes']],
    ['checklist', ['rose-name-lists', 'rose-contractions']],
    ['pruthi', ['rose-keyboard']],
  ]);
});

it('recipes do without what they can, under another name', () => {
  for (const entry of [...recipes.values()].filter(({ uses }) => uses.includes('sentenceEncoder'))) {
    expect(entry.create(without('sentenceEncoder')).name).toContain('no-sentence-encoder');
    expect(entry.create(everything).name).toContain('toy-encoder');
  }
});
