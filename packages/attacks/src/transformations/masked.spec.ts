import { InputError, RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { toyTagger } from '../testing/toys.js';
import { maskedInsert, maskedMerge, maskedReplace } from './masked-lm.js';
import { maskedReconstruction } from './masked-reconstruction.js';
import type { Transformation } from './transformation.js';

const random = RandomStream.of(1);
async function changed(transformation: Transformation, columns: readonly string[], index: number): Promise<string[]> {
  const texts = await transformation.candidates(AttackedText.of(columns), index, random);
  return texts.map((text) => text.columns.join('|'));
}

const options = (fill: Record<string, Record<string, number>>, more = {}) => ({
  model: toyLanguageModel({ fill }),
  maxCandidates: 50,
  minConfidence: 0,
  ...more,
});

describe('filling a mask', () => {
  it('replaces a word by what may stand there, pieces of words included', async () => {
    const fill = {
      'a _ film': { fine: 0.5, good: 0.2, ',': 0.1, '##ing': 0.05, '42': 0.04, 'so so': 0.03, bad: 0.01 },
    };
    expect(await changed(maskedReplace(options(fill)), ['a good film'], 1)).toEqual([
      'a fine film',
      'a ing film',
      'a bad film',
    ]);
  });

  it('keeps to the first candidates and to the least confidence', async () => {
    const fill = { 'a _': { x: 0.5, y: 0.3, z: 0.2 } };
    expect(await changed(maskedReplace(options(fill, { maxCandidates: 2 })), ['a b'], 1)).toEqual(['a x', 'a y']);
    expect(await changed(maskedReplace(options(fill, { minConfidence: 0.3 })), ['a b'], 1)).toEqual(['a x', 'a y']);
  });

  it('shows the model both columns, parted by a line break', async () => {
    const swap = maskedReplace(options({ 'a b\n_ d': { x: 1 } }));
    expect(await changed(swap, ['a b', 'c d'], 2)).toEqual(['a b|x d']);
  });

  it('inserts a word before or after', async () => {
    const fill = { 'a _ film!': { old: 0.5, film: 0.4 }, 'a film _!': { again: 1 } };
    expect(await changed(maskedInsert(options(fill)), ['a film!'], 1)).toEqual(['a old film!']);
    expect(await changed(maskedInsert(options(fill), 'after'), ['a film!'], 1)).toEqual(['a film again!']);
    const [text] = await maskedInsert(options(fill)).candidates(AttackedText.of(['a film!']), 1, random);
    expect([...(text?.modified ?? [])]).toEqual([1, 2]);
    expect([0, 1, 2].map((index) => text?.origin(index))).toEqual([0, 1, 1]);
  });

  it('merges two words where their parts of speech go together', async () => {
    const tagger = toyTagger({ a: 'DET', old: 'ADJ', is: 'VERB', of: 'ADP' });
    const merge = maskedMerge(
      options({ 'a _ is of it': { classic: 0.9, old: 0.1 }, 'a old film is _': { x: 1 } }),
      tagger,
    );
    expect(await changed(merge, ['a old film is of it'], 1)).toEqual(['a classic is of it']);
    // A noun and a verb, a verb and a preposition, and the end of the text.
    for (const index of [2, 3, 5]) expect(await changed(merge, ['a old film is of it'], index)).toEqual([]);
    expect(await changed(merge, ['a old', 'film is of it'], 1)).toEqual([]);
  });

  it('asks for all words of a text in one batch', async () => {
    const given = options({});
    const swap = maskedReplace(given);
    const text = AttackedText.of(['a b c']);
    await Promise.all([0, 1, 2].map((index) => swap.candidates(text, index, random)));
    expect(given.model.asked).toHaveLength(1);
    expect([...(given.model.asked[0] ?? [])].sort()).toEqual(['_ b c', 'a _ c', 'a b _']);
  });
});

describe('reading a word that the model sees (BERT-Attack)', () => {
  it('takes whole words for a word of one token', async () => {
    const model = toyLanguageModel({
      reconstruct: { good: [{ good: 0.5, fine: 0.2, '##ly': 0.15, '.': 0.1, bad: 0.05 }] },
    });
    expect(await changed(maskedReconstruction(model, 8), ['a good film'], 1)).toEqual(['a fine film', 'a bad film']);
    // The first three predictions, two of which are of no use.
    expect(await changed(maskedReconstruction(model, 3), ['a good film'], 1)).toEqual(['a fine film']);
  });

  it('takes the likeliest combinations for a word of several', async () => {
    const reconstruct = {
      dullness: [
        { dull: 0.5, bright: 0.4 },
        { '##ness': 0.6, '##er': 0.3, '##est': 0.1 },
      ],
    };
    // 0.30 is the word itself; 0.24, 0.15, 0.12, 0.05, 0.04.
    const attack = (count: number) =>
      changed(maskedReconstruction(toyLanguageModel({ reconstruct }), count), ['dullness'], 0);
    expect(await attack(3)).toEqual(['brightness', 'duller']);
    expect(await attack(8)).toEqual(['brightness', 'duller', 'brighter', 'dullest', 'brightest']);
  });

  it('has nothing for a word beyond the end of the model', async () => {
    expect(await changed(maskedReconstruction(toyLanguageModel({}), 8), ['far'], 0)).toEqual([]);
  });

  it('is refused to a model that only fills masks', () => {
    const { name, version, hash, fill } = toyLanguageModel({});
    const model = { name, version, hash, fill };
    expect(() => maskedReconstruction(model, 8)).toThrow(InputError);
  });
});
