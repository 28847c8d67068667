import { describe, expect, it } from 'vitest';
import type { AttackRecipe } from '../attack-recipe.js';
import type { AttackOutcome } from '../outcome.js';
import { linearVictim, outcomesOf, toySynonyms } from '../testing/toys.js';
import type { Victim } from '../victim.js';
import { checkList } from './checklist.js';
import { deepWordBug } from './deepwordbug.js';
import { inputReduction } from './input-reduction.js';
import { pruthi } from './pruthi.js';
import { textBugger } from './textbugger.js';

async function attacked(recipe: AttackRecipe, victim: Victim, text: string, seed = 1): Promise<AttackOutcome> {
  const [outcome] = await outcomesOf({ recipe, victim, seed, examples: [{ id: 0, texts: [text], label: 1 }] });
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

describe('DeepWordBug', () => {
  it('misspells the word that matters most, once', async () => {
    const victim = linearVictim({ splendid: 3, boring: -1, film: 0.2 });
    const outcome = await attacked(deepWordBug.create(), victim, 'splendid but boring film');
    const [before, after] = ['splendid', outcome.replacements[0]?.to ?? ''];
    expect(outcome).toMatchObject({ status: 'success', perturbedWords: 1, replacements: [{ index: 0, from: before }] });
    expect(Math.abs(after.length - before.length)).toBeLessThanOrEqual(1);
    // "but" is a stop word: 1 look, 3 rankings, at most 4 misspellings of the first word.
    expect(outcome.queries).toBeGreaterThan(4);
    expect(outcome.queries).toBeLessThanOrEqual(8);
  });

  it('draws from the seed', async () => {
    const victim = linearVictim({ splendid: 3, boring: -1 });
    const found = await Promise.all(
      [1, 1, 2].map((seed) => attacked(deepWordBug.create(), victim, 'splendid boring', seed)),
    );
    const texts = found.map(({ adversarial }) => adversarial?.texts[0]);
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  it('stays within 30 edits of the text', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `longword${String.fromCharCode(97 + (i % 26)).repeat(3)}${i}`);
    const victim = linearVictim(
      Object.fromEntries([...words.map((word) => [word, 0.1]), ['unk', 0.1]]) as Record<string, number>,
    );
    const outcome = await attacked(deepWordBug.create(), victim, words.join(' '));
    expect(outcome.status).toBe('failed');
    // After 30 edits no misspelling is left: fewer queries than 4 for each of the 60 words.
    expect(outcome.queries).toBeLessThan(1 + 60 + 35 * 4);
  });
});

describe('TextBugger', () => {
  const synonyms = toySynonyms({ splendid: ['a1', 'a2', 'a3', 'a4', 'a5', 'awful'] });

  it('tries a split, two misspellings, look-alikes and five synonyms', async () => {
    // Only the split makes two words of it, of which the second weighs against the truth.
    const halves = Object.fromEntries(['plendid', 'lendid', 'endid', 'ndid', 'did', 'id'].map((half) => [half, -9]));
    const victim = linearVictim({ splendid: 3, film: 2, awful: -99, ...halves });
    const outcome = await attacked(textBugger.create({ synonyms }), victim, 'a splendid film');
    expect(outcome.status).toBe('success');
    expect(outcome.adversarial?.texts[0]).toMatch(/^a s\w* \w+ film$/);
    expect(outcome.replacements[0]?.to.replace(' ', '')).toBe('splendid');
    expect(outcome.perturbedWords).toBe(1);
    // 1 look, 2 rankings, a split, a deletion, a swap, 8 look-alikes, 5 synonyms (the sixth, awful, is out of reach).
    expect(outcome.queries).toBe(1 + 2 + 3 + 8 + 5);
  });
});

describe('Pruthi', () => {
  it('misspells one word inside, the worst way', async () => {
    const victim = linearVictim({ great: 1, film: 1, fun: 1, gerat: -3 });
    const outcome = await attacked(pruthi.create(), victim, 'great film fun');
    expect(outcome.adversarial?.texts).toEqual(['gerat film fun']);
  });

  it('leaves short words and all but one word alone', async () => {
    const victim = linearVictim({ great: 1, film: 1, fun: 1 });
    const once = await attacked(pruthi.create(), victim, 'great film fun');
    expect(once.status).toBe('failed');
    const two = await attacked(
      pruthi.create({}, { maxWords: 2 }),
      linearVictim({ great: 2, film: 2, dog: -1 }),
      'great film dog',
    );
    expect(two).toMatchObject({ status: 'success', perturbedWords: 2 });
  });
});

describe('CheckList', () => {
  it('changes what should not matter', async () => {
    const text = 'Mary is not from Boston and has 31 cats';
    const outcome = (weights: Record<string, number>) =>
      attacked(checkList.create(), linearVictim({ cats: 0.5, ...weights }), text);
    expect((await outcome({ "isn't": -1 })).adversarial?.texts).toEqual(["Mary isn't from Boston and has 31 cats"]);
    expect((await outcome({ mary: 1, cats: -0.5 })).replacements).toMatchObject([{ from: 'Mary' }]);
    expect((await outcome({ boston: 1, cats: -0.5 })).replacements).toMatchObject([{ from: 'Boston' }]);
    expect((await outcome({ 31: 1, cats: -0.5 })).replacements).toMatchObject([{ from: '31' }]);
    expect((await outcome({})).status).toBe('failed');
  });
});

describe('input reduction', () => {
  it('deletes what does not matter first, and keeps the label', async () => {
    // Without "film" the logit is 1.6, without "good" 0.1, without "dull" 2.1: dull goes first, good stays.
    const victim = linearVictim({ good: 1.5, film: 0, dull: -0.5, hmm: 0.6 });
    const outcome = await attacked(inputReduction.create(), victim, 'good film dull hmm');
    expect(outcome).toMatchObject({ status: 'success', adversarial: { texts: ['good'], prediction: 1 } });
    // 1 look, 4 rankings, a query a deletion: dull, film, hmm.
    expect(outcome).toMatchObject({ queries: 8, perturbedWords: 3 });
  });

  it('follows the words that deletions move', async () => {
    const victim = linearVictim({ z: 2, a: 0.1, b: -0.1, c: -0.2, d: 0.2 });
    const recipe = inputReduction.create({ stopWords: new Set() });
    expect((await attacked(recipe, victim, 'c b a d z')).adversarial?.texts).toEqual(['z']);
  });

  it('skips wrong predictions, and fails where nothing can go', async () => {
    const victim = linearVictim({ good: 1, bad: -1 });
    expect(await attacked(inputReduction.create(), victim, 'bad film')).toMatchObject({
      status: 'skipped',
      queries: 1,
    });
    expect(await attacked(inputReduction.create(), victim, 'good')).toMatchObject({ status: 'failed', queries: 1 });
    expect(await attacked(inputReduction.create(), victim, 'it was the')).toMatchObject({ status: 'skipped' });
  });
});
