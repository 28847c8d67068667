import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import { toyTagger } from '../testing/toys.js';
import type { Candidate, Constraint } from './constraint.js';
import { isWithinEdits, maxEditDistance } from './edit-distance.js';
import { noNewGrammarErrors } from './grammar.js';
import { maxWordsPerturbed } from './max-words-perturbed.js';
import { samePartOfSpeech } from './part-of-speech.js';
import { sentenceSimilarity } from './sentence-similarity.js';
import { maxModificationRate, minWordLength } from './word-constraints.js';
import { wordEmbeddingCosine, wordEmbeddingDistance } from './word-embedding.js';

const at = (text: AttackedText, index: number): Candidate => ({ text, index });
async function left(
  constraint: Constraint,
  candidates: readonly Candidate[],
  original: AttackedText,
  current = original,
) {
  return (await constraint.filter(candidates, { original, current })).map(({ text }) => text.columns.join('|'));
}

describe('word constraints', () => {
  const allowed = (text: AttackedText, constraint: { allows(text: AttackedText, index: number): boolean }) =>
    text.words.filter((_, index) => constraint.allows(text, index)).map((word) => word.text);

  it('keep short words', () => {
    expect(allowed(AttackedText.of(['one four 𝟕𝟕𝟕 fives']), minWordLength(4))).toEqual(['four', 'fives']);
  });

  it('keep all words once enough are changed: a tenth, rounded up, but four at least', () => {
    const words = (count: number) => AttackedText.of([Array.from({ length: count }, (_, i) => `w${i}`).join(' ')]);
    const changed = (count: number, changes: number) =>
      Array.from({ length: changes }).reduce<AttackedText>((text, _, i) => text.replace(i, 'x'), words(count));
    const limit = maxModificationRate(0.1, 4);
    expect(allowed(changed(10, 3), limit)).toHaveLength(10);
    expect(allowed(changed(10, 4), limit)).toEqual([]);
    expect(allowed(changed(41, 4), limit)).toHaveLength(41);
    expect(allowed(changed(41, 5), limit)).toEqual([]);
  });
});

describe('words perturbed', () => {
  const original = AttackedText.of(['a b c d e']);

  it('are at most a share, rounded up', async () => {
    const two = original.replace(0, 'x').replace(1, 'y');
    // 0.4 · 5 = 2; 0.2 · 5 = 1.
    expect(await left(maxWordsPerturbed({ share: 0.4 }), [at(two, 1)], original)).toHaveLength(1);
    expect(await left(maxWordsPerturbed({ share: 0.21 }), [at(two, 1)], original)).toHaveLength(1);
    expect(await left(maxWordsPerturbed({ share: 0.2 }), [at(two, 1)], original)).toEqual([]);
  });

  it('are at most a number, whatever has moved', async () => {
    const inserted = original.replace(0, 'new a');
    expect(await left(maxWordsPerturbed({ words: 1 }), [at(inserted, 0)], original)).toEqual(['new a b c d e']);
    expect(await left(maxWordsPerturbed({ words: 1 }), [at(inserted.replace(3, 'x'), 3)], original)).toEqual([]);
  });
});

describe('edit distance', () => {
  const plain = (a: string, b: string): number => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
        next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };

  it('agrees with the whole table, at every limit', () => {
    const words = [
      '',
      'a',
      'kitten',
      'sitting',
      'saturday',
      'sunday',
      'aaaa',
      'abab',
      'baba',
      'intention',
      'execution',
    ];
    for (const a of words) {
      for (const b of words) {
        for (let limit = 0; limit <= 9; limit++) {
          expect(isWithinEdits(a, b, limit), `${a} ${b} ${limit}`).toBe(plain(a, b) <= limit);
        }
      }
    }
  });

  it('keeps a text within its limit, also where it is so long that a whole table would take minutes', async () => {
    const original = AttackedText.of(['word '.repeat(100_000)]);
    const near = original.replace(0, 'wrod').replace(99_999, 'wod');
    expect(await left(maxEditDistance(3), [at(near, 0)], original)).toHaveLength(1);
    expect(await left(maxEditDistance(2), [at(near, 0)], original)).toEqual([]);
  });
});

describe('word vectors', () => {
  const current = AttackedText.of(['a b c']).replace(0, 'x').replace(2, 'new c');
  const original = AttackedText.of(['a b c']);

  it('are compared with the original or the current word, wherever it stands now', async () => {
    const seen: string[] = [];
    const measure = (a: string, b: string) => {
      seen.push(`${a} ${b}`);
      return 0.4;
    };
    const candidate = at(current.replace(0, 'Y').replace(3, 'z'), 3);
    const again = at(current.replace(0, 'Y'), 0);
    expect(await left(wordEmbeddingCosine(measure, 0.5), [candidate], original, current)).toEqual([]);
    expect(await left(wordEmbeddingDistance(measure, 0.5), [candidate], original, current)).toHaveLength(1);
    await left(wordEmbeddingDistance(measure, 0.5, { compareWith: 'current' }), [again], original, current);
    await left(wordEmbeddingDistance(measure, 0.5), [again], original, current);
    expect(seen).toEqual(['c z', 'c z', 'x y', 'a y']);
  });

  it('and tags say nothing of insertions', async () => {
    const candidate = at(current.replace(1, 'quickly b'), 1);
    const never = () => {
      throw new Error('asked');
    };
    expect(await left(wordEmbeddingCosine(never, 0.5), [candidate], original, current)).toHaveLength(1);
    expect(await left(samePartOfSpeech(toyTagger({ quickly: 'ADV' })), [candidate], original, current)).toHaveLength(1);
  });

  it('tags are compared with those of the word before it moved, verbs for nouns only where allowed', async () => {
    const tagger = toyTagger({ c: 'VERB' });
    const candidate = at(current.replace(3, 'noun'), 3);
    expect(await left(samePartOfSpeech(tagger), [candidate], original, current)).toHaveLength(1);
    expect(await left(samePartOfSpeech(tagger, { verbsForNouns: false }), [candidate], original, current)).toEqual([]);
  });
});

describe('sentence similarity', () => {
  const seen: string[] = [];
  const encoder = {
    name: 'toy-encoder',
    embed: (texts: readonly string[]) => {
      seen.push(...texts);
      const angle = (text: string) => (Number(/turn(\d+)/.exec(text)?.[1] ?? 0) * Math.PI) / 180;
      return Promise.resolve(texts.map((text) => Float32Array.of(Math.cos(angle(text)), Math.sin(angle(text)))));
    },
  };
  const original = AttackedText.of(['(one two three four)']);
  const current = original.replace(0, 'turn50');

  it('may be a cosine of whole texts with the original, whose punctuation at the ends is left out', async () => {
    seen.length = 0;
    const constraint = sentenceSimilarity({ encoder, minimum: 0.5, metric: 'cosine', compareWith: 'original' });
    const candidates = [59, 61].map((angle) => at(current.replace(0, `turn${angle}`), 0));
    const kept = await constraint.filter(candidates, { original, current });
    expect(kept.map(({ text }) => text.columns[0])).toEqual(['(turn59 two three four)']);
    expect(kept[0]?.similarity).toBeCloseTo(Math.cos((59 * Math.PI) / 180), 5);
    expect(seen).toContain('one two three four');
  });

  it('may look at texts shorter than the window, too', async () => {
    const constraint = sentenceSimilarity({ encoder, minimum: 0.9, window: 15, skipShort: false });
    expect(await left(constraint, [at(current.replace(0, 'one'), 0)], original, current)).toEqual([]);
  });

  it('compares windows of the original around the word that has moved', async () => {
    seen.length = 0;
    const constraint = sentenceSimilarity({ encoder, minimum: 0, window: 1, compareWith: 'original' });
    const moved = original.replace(0, 'new one');
    await left(constraint, [at(moved.replace(2, 'swap'), 2)], original, moved);
    expect(seen.sort()).toEqual(['swap', 'two']);
  });
});

it('grammar may not get worse than the original', async () => {
  const checker = {
    name: 'toy-grammar',
    version: '1',
    hash: 'toy',
    errors: (texts: readonly string[]) => Promise.resolve(texts.map((text) => text.split('bad').length - 1)),
  };
  const original = AttackedText.of(['bad is here']);
  const candidates = ['bad', 'good', 'fine'].map((word) => at(original.replace(2, word), 2));
  expect(await left(noNewGrammarErrors(checker), candidates, original)).toEqual(['bad is good', 'bad is fine']);
  expect(await left(noNewGrammarErrors(checker), [], original)).toEqual([]);
});
