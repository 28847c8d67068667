import { InputError } from '@rose/foundation';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AttackExample } from '../text/outcome.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { loadWinkTagger } from '../resources/wink-tagger.js';
import { loadWordNet } from '../resources/wordnet.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';
import { victimFrom } from '../victim/victim.js';
import { textFooler } from './textfooler.js';

const example = (...texts: string[]): AttackExample => ({ id: texts.join('|'), texts, label: 1 });
const partOfSpeech = toyTagger({ good: 'ADJ', fine: 'ADJ', nice: 'ADJ', well: 'ADV' });

describe('TextFooler on a linear victim', () => {
  // "a good old film": logit 2 + 0.4. Ranking: good (0.4 left), film (2.0), old (2.4); "a" is a stop word.
  // good → nice leaves 0.9 and is taken (fine leaves 1.4, the adverb well is refused); film → movie ends at −0.1.
  const victim = linearVictim({ good: 2, fine: 1, nice: 0.5, well: -9, film: 0.4, movie: -0.6 });
  const synonyms = toySynonyms({ good: ['well', 'nice', 'fine'], film: ['movie'], old: [] });
  const recipe = textFooler.create({ synonyms, partOfSpeech });

  it('makes the swaps that were computed by hand, and counts as TextAttack counts', async () => {
    const [outcome] = await outcomesOf({ recipe, victim, examples: [example('A Good old film.')].map(lowerFirst) });
    expect(outcome).toMatchObject({
      status: 'success',
      original: { prediction: 1 },
      adversarial: { texts: ['a Nice old movie.'], prediction: 0 },
      perturbedWords: 2,
      totalWords: 4,
      // 1 look + 3 deletions + 2 swaps of "good" + 1 of "film".
      queries: 7,
      modelQueries: 7,
      replacements: [
        { column: 0, index: 1, from: 'Good', to: 'Nice' },
        { column: 0, index: 3, from: 'film', to: 'movie' },
      ],
    });
    expect(outcome?.original.probabilities[1]).toBeCloseTo(1 / (1 + Math.exp(-2.4)), 12);
    expect(outcome?.adversarial?.probabilities[1]).toBeCloseTo(1 / (1 + Math.exp(0.1)), 12);
  });

  it('counts repeats as queries, but gives them to the model once', async () => {
    const [outcome] = await outcomesOf({ recipe, victim, examples: [example('good good')] });
    // Deleting either word leaves "good"; swaps: {fine good, nice good}, then {nice fine, nice nice}.
    expect(outcome).toMatchObject({ status: 'failed', queries: 1 + 2 + 2 + 2, modelQueries: 1 + 1 + 2 + 2 });
    expect(outcome?.adversarial).toBeUndefined();
    expect(outcome?.perturbedWords).toBe(0);
  });

  it('skips what is wrong already, after one query', async () => {
    const [outcome] = await outcomesOf({ recipe, victim, examples: [example('a movie')] });
    expect(outcome).toMatchObject({ status: 'skipped', queries: 1, modelQueries: 1, original: { prediction: 0 } });
  });

  it.each([
    [1, 1],
    [3, 3],
    [4, 4],
    [6, 6],
  ])('ends at a budget of %i queries', async (queryBudget, queries) => {
    const [outcome] = await outcomesOf({ recipe, victim, queryBudget, examples: [example('a good old film')] });
    expect(outcome).toMatchObject({ status: 'failed', queries });
  });

  it('succeeds with the last query that the budget allows', async () => {
    const [outcome] = await outcomesOf({ recipe, victim, queryBudget: 7, examples: [example('a good old film')] });
    expect(outcome).toMatchObject({ status: 'success', queries: 7 });
  });

  it('attacks both columns of a pair, or leaves the frozen one alone', async () => {
    const pair = example('good', 'film good');
    const run = async (frozenColumns: readonly number[]) => {
      const frozen = textFooler.create({
        synonyms: toySynonyms({ good: ['movie'] }),
        partOfSpeech: toyTagger(),
        frozenColumns,
      });
      const [outcome] = await outcomesOf({ recipe: frozen, victim, examples: [pair] });
      return outcome;
    };
    // good: 2 → −0.6; one swap leaves 1.8, two −0.8.
    expect((await run([]))?.adversarial?.texts).toEqual(['movie', 'film movie']);
    expect(await run([0])).toMatchObject({ status: 'failed', queries: 1 + 2 + 1 });
    await expect(run([0, 1])).rejects.toThrow(/nothing is left/);
    await expect(run([2])).rejects.toThrow(InputError);
  });

  it('survives texts without words, emoji and other scripts', async () => {
    const always = victimFrom('always', (inputs) => Promise.resolve(inputs.map(() => [0.2, 0.8])));
    const examples = ['', '   ', '!?… 😀', 'שלום עולם טוב', '👍 good 👎'].map((text) => example(text));
    const outcomes = await outcomesOf({ recipe, victim: always, examples });
    expect(outcomes.map(({ status }) => status)).toEqual(examples.map(() => 'failed'));
    expect(outcomes.map(({ totalWords }) => totalWords)).toEqual([0, 0, 0, 3, 1]);
    const skipped = await outcomesOf({ recipe, victim: always, examples: [{ id: 0, texts: [''], label: 0 }] });
    expect(skipped[0]).toMatchObject({ status: 'skipped', queries: 1 });
  });

  it('asks for a word cosine where the source has vectors', async () => {
    const cosine = (_: string, b: string) => (b === 'nice' ? 0.49 : 0.5);
    const near = textFooler.create({ synonyms: toySynonyms({ good: ['nice', 'fine'] }, { cosine }), partOfSpeech });
    const [outcome] = await outcomesOf({ recipe: near, victim, examples: [example('good')] });
    expect(outcome).toMatchObject({ status: 'failed', queries: 3 });
    expect(near.describe()).toMatchObject({ settings: { minWordCosine: 0.5 } });
  });

  it('prefers the most similar success where there is a sentence encoder', async () => {
    const sentenceEncoder: SentenceEncoder = {
      name: 'toy-encoder',
      embed: (texts) =>
        Promise.resolve(
          texts.map((text) => {
            const angle = text.includes('awful') ? 0.3 : text.includes('poor') ? 0.1 : 0;
            return Float32Array.of(Math.cos(angle), Math.sin(angle));
          }),
        ),
    };
    const harsh = linearVictim({ good: 2, awful: -5, poor: -3 });
    const given = { synonyms: toySynonyms({ good: ['awful', 'poor'] }), partOfSpeech: toyTagger() };
    const adversarial = async (withEncoder: boolean, text: string) => {
      const attack = textFooler.create({ ...given, ...(withEncoder && { sentenceEncoder }) }, { window: 3 });
      const [outcome] = await outcomesOf({ recipe: attack, victim: harsh, examples: [example(text)] });
      return outcome?.adversarial?.texts[0];
    };
    expect(await adversarial(false, 'a good old film')).toBe('a awful old film');
    expect(await adversarial(true, 'a good old film')).toBe('a poor old film');
    // Shorter than the window: all are equally similar, so the score decides.
    expect(await adversarial(true, 'good film')).toBe('awful film');
  });

  it('describes what was used and where it departs from the paper', () => {
    const description = recipe.describe();
    expect(description).toMatchObject({
      recipe: 'textfooler-toy-no-sentence-encoder',
      constraints: ['repeat-modification', 'stop-words', 'part-of-speech'],
      settings: { maxCandidates: 50 },
      sources: [
        { role: 'synonyms', name: 'toy', version: '1', hash: 'toy' },
        { role: 'part of speech', name: 'toy-tagger' },
        { role: 'stop words', name: 'rose-function-words' },
      ],
    });
    expect(description.departures.join('\n')).toMatch(/cosine constraint is not applied[\s\S]*no sentence encoder/);
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });

  it.each([
    { maxCandidates: 0 },
    { maxCandidates: 2.5 },
    { minWordCosine: 2 },
    { minSentenceSimilarity: NaN },
    { window: 0 },
  ])('refuses %o', (wrong) => {
    expect(() => textFooler.create({ synonyms, partOfSpeech }, wrong)).toThrow(InputError);
  });
});

/** "A" would be attackable: stop words are compared in their own case. */
function lowerFirst(one: AttackExample): AttackExample {
  return { ...one, texts: one.texts.map((text) => text.replace(/^./, (letter) => letter.toLowerCase())) };
}

describe('TextFooler with WordNet and wink', () => {
  let wordnet: SynonymSource;
  let wink: PartOfSpeechTagger;
  beforeAll(async () => {
    [wordnet, wink] = await Promise.all([loadWordNet(), loadWinkTagger()]);
  });

  it('swaps words for synonyms of the same part of speech', async () => {
    const [outcome] = await outcomesOf({
      recipe: textFooler.create({ synonyms: wordnet, partOfSpeech: wink }),
      victim: linearVictim({ boring: -3, movie: -1, film: 2, tedious: 0.5 }),
      examples: [{ id: 1, texts: ['a boring and lifeless movie .'], label: 0 }],
    });
    expect(outcome?.status).toBe('success');
    expect(outcome?.adversarial?.texts).toEqual(['a tedious and lifeless film .']);
  });

  it('tries every word of every sentence on a victim that is never fooled', async () => {
    const words =
      'touching boring movie story director actors scene watch love hate brilliant weak plot funny dark slowly beautiful'.split(
        ' ',
      );
    const examples = Array.from({ length: 50 }, (_, i) => ({
      id: i,
      texts: [Array.from({ length: 12 }, (_, j) => words[(i * 7 + j * (1 + (i % 5))) % words.length]).join(' ')],
      label: 1,
    }));
    const stubborn = victimFrom('stubborn', (inputs) => Promise.resolve(inputs.map(() => [0.1, 0.9])));
    const outcomes = await outcomesOf({
      recipe: textFooler.create({ synonyms: wordnet, partOfSpeech: wink }),
      victim: stubborn,
      examples,
    });
    expect(outcomes.every(({ status, queries }) => status === 'failed' && queries > 50)).toBe(true);
  });
});
