import { describe, expect, it, vi } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import type { PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import { toyTagger } from '../testing/toys.js';
import type { Candidate, Constraint, Reference } from './constraint.js';
import { samePartOfSpeech } from './part-of-speech.js';
import { angularSimilarity, sentenceSimilarity } from './sentence-similarity.js';
import { frozenColumns, repeatModification, stopWordModification } from './word-constraints.js';
import { wordEmbeddingCosine } from './word-embedding.js';

const swapsAt = (text: AttackedText, index: number, words: readonly string[]): Candidate[] =>
  words.map((word) => ({ text: text.replace(index, word), index }));
const wordsLeft = async (constraint: Constraint, candidates: readonly Candidate[], reference: Reference) =>
  (await constraint.filter(candidates, reference)).map(({ text, index }) => text.word(index).text);

describe('word constraints', () => {
  const allowed = (text: AttackedText, constraint: { allows(text: AttackedText, index: number): boolean }) =>
    text.words.flatMap((word, index) => (constraint.allows(text, index) ? [word.text] : []));

  it('keep stop words in their own case only', () => {
    expect(allowed(AttackedText.of(['The end of the film']), stopWordModification(new Set(['the', 'of'])))).toEqual([
      'The',
      'end',
      'film',
    ]);
  });

  it('keep what was changed already, and frozen columns', () => {
    expect(allowed(AttackedText.of(['a b c']).replace(1, 'B'), repeatModification)).toEqual(['a', 'c']);
    expect(allowed(AttackedText.of(['a b', 'c']), frozenColumns(new Set([0])))).toEqual(['c']);
  });
});

describe('word-embedding cosine', () => {
  // cos(0°), cos(60°) = 0.5 exactly, cos(90°) against "good"; "rare" has no vector.
  const cosines: Record<string, number> = { fine: 1, decent: 0.5, bad: 0 };
  const cosine = (a: string, b: string) => (a === 'good' ? cosines[b] : undefined);

  it('keeps what is near enough to the original word, and what has no vector', async () => {
    const original = AttackedText.of(['Good film']);
    const current = original.replace(1, 'movie');
    const candidates = swapsAt(current, 0, ['Fine', 'Decent', 'Bad', 'Rare']);
    expect(await wordsLeft(wordEmbeddingCosine(cosine, 0.5), candidates, { original, current })).toEqual([
      'Fine',
      'Decent',
      'Rare',
    ]);
  });
});

describe('part of speech', () => {
  it('asks for the same tag, nouns and verbs being one', async () => {
    const original = AttackedText.of(['we film it']);
    const reference = { original, current: original };
    const tagger = toyTagger({ film: 'VERB', shoot: 'VERB', nice: 'ADJ', nicely: 'ADV' });
    const candidates = swapsAt(original, 1, ['shoot', 'movie', 'nice', 'nicely']);
    expect(await wordsLeft(samePartOfSpeech(tagger), candidates, reference)).toEqual(['shoot', 'movie']);
  });

  it('tags 4 words before and 3 after, of the original text, at the changed index, each window once', async () => {
    const seen: string[] = [];
    const tagger: PartOfSpeechTagger = {
      ...toyTagger(),
      // A word is an adverb at its first place in the window only: the tag read must be the one at the index.
      tags: (words) => {
        seen.push(words.join(' '));
        return words.map((word, i) => (word === 'x' && words.indexOf('x') === i ? 'ADV' : 'NOUN'));
      },
    };
    const original = AttackedText.of(['a b c x e f g h i j']);
    const current = original.replace(4, 'changed');
    const constraint = samePartOfSpeech(tagger);
    const candidates = swapsAt(current, 5, ['x', 'y']);
    expect(await wordsLeft(constraint, candidates, { original, current })).toEqual(['x', 'y']);
    await wordsLeft(constraint, candidates, { original, current });
    expect(seen).toEqual(['b c x e f g h i', 'b c x e x g h i', 'b c x e y g h i']);
  });

  it('does not mistake a window at the start for one within', async () => {
    const tags = vi.fn((words: readonly string[]) => words.map((_, i) => (i === 0 ? 'ADJ' : 'NOUN') as 'ADJ' | 'NOUN'));
    const constraint = samePartOfSpeech({ ...toyTagger(), tags });
    const original = AttackedText.of(['a b']);
    const reference = { original, current: original };
    expect(await wordsLeft(constraint, swapsAt(original, 0, ['c']), reference)).toEqual(['c']);
    expect(await wordsLeft(constraint, swapsAt(original, 1, ['c']), reference)).toEqual(['c']);
    // "a b" was tagged for word 0 and for word 1.
    expect(tags).toHaveBeenCalledTimes(4);
  });
});

describe('sentence similarity', () => {
  const degrees = (angle: number) =>
    Float32Array.of(Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180));

  it('is 1 − angle/π', () => {
    expect(angularSimilarity(degrees(0), degrees(0))).toBe(1);
    expect(angularSimilarity(degrees(0), degrees(90))).toBeCloseTo(0.5, 6);
    expect(angularSimilarity(degrees(20), degrees(200))).toBeCloseTo(0, 3);
    // TextFooler's threshold is half a radian.
    expect(angularSimilarity(degrees(0), degrees(0.5 * (180 / Math.PI)))).toBeCloseTo(0.840845057, 6);
  });

  const fifteen = 'w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 w15 w16';
  const encoder = (seen: string[] = []) => ({
    name: 'toy-encoder',
    // The angle of a text is the number in "turnN".
    embed: (texts: readonly string[]) => {
      seen.push(...texts);
      return Promise.resolve(texts.map((text) => degrees(Number(/turn(\d+)/.exec(text)?.[1] ?? 0))));
    },
  });

  it('compares the window around the change with the current text', async () => {
    const seen: string[] = [];
    const constraint = sentenceSimilarity({ encoder: encoder(seen), minimum: 0.840845057, window: 15 });
    const original = AttackedText.of([fifteen]);
    const current = original.replace(7, 'turn20');
    const candidates = swapsAt(current, 8, ['same']).concat(
      [40, 48, 49].map((angle) => ({ text: original.replace(7, `turn${angle}`).replace(8, 'x'), index: 8 })),
    );
    const kept = await constraint.filter(candidates, { original, current });
    // 20° from the current text at 20° and 28° are within 28.65°, 29° are not; against the original all but one would fail.
    expect(kept.map(({ text }) => text.word(7).text)).toEqual(['turn20', 'turn40', 'turn48']);
    expect(kept[1]?.similarity).toBeCloseTo(1 - 20 / 180, 5);
    expect(seen).toContain(current.window(8, 15));
    expect(seen.every((text) => AttackedText.of([text]).words.length === 15)).toBe(true);
  });

  it('lets texts shorter than the window pass, with similarity 1 and without the encoder', async () => {
    const seen: string[] = [];
    const constraint = sentenceSimilarity({ encoder: encoder(seen), minimum: 0.84, window: 15 });
    const original = AttackedText.of(['short text']);
    const kept = await constraint.filter(swapsAt(original, 0, ['turn90']), { original, current: original });
    expect(kept.map(({ similarity }) => similarity)).toEqual([1]);
    expect(seen).toEqual([]);
  });

  it('refuses vectors that are not of unit length', async () => {
    const constraint = sentenceSimilarity({
      encoder: { name: 'raw', embed: (texts) => Promise.resolve(texts.map(() => Float32Array.of(3, 4))) },
      minimum: 0.8,
      window: 2,
    });
    const original = AttackedText.of(['two words']);
    await expect(constraint.filter(swapsAt(original, 0, ['x']), { original, current: original })).rejects.toThrow(
      /"raw" gave a vector of length 5/,
    );
  });
});
