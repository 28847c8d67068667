import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import { writtenSpace } from '../testing/written-space.js';
import { byGradient, byUnknownToken, byWeightedSaliency } from './word-importance.js';

const text = AttackedText.of(['a b c d']);

describe('ranking words', () => {
  it('by the score with "[UNK]" in their place', async () => {
    const { space, asked } = writtenSpace({ scores: { 'a [UNK] c d': 0.3, 'a b c [UNK]': 0.5 } });
    expect(await byUnknownToken.rank(text, space)).toEqual([3, 1, 0, 2]);
    expect(asked).toEqual(['[UNK] b c d', 'a [UNK] c d', 'a b [UNK] d', 'a b c [UNK]']);
  });

  it('by soft-max saliency times the score of the best swap', async () => {
    // Soft-max of (0.2, 0.6, 0.4, 0.9): 0.175, 0.260, 0.213, 0.352, times the best swap (0.5, 0.3, 0.4, none):
    // 0.0873, 0.0781, 0.0853, 0. By saliency alone it would be d b c a; by swaps alone a c b d.
    const scores = {
      '[UNK] b c d': 0.2,
      'a [UNK] c d': 0.6,
      'a b [UNK] d': 0.4,
      'a b c [UNK]': 0.9,
      'x b c d': 0.5,
      'y b c d': 0.1,
      'a z c d': 0.3,
      'a b w d': 0.4,
    };
    const { space, asked } = writtenSpace({ scores, moves: { a: ['x', 'y'], b: ['z'], c: ['w'] } });
    expect(await byWeightedSaliency.rank(text, space)).toEqual([0, 2, 1, 3]);
    expect(asked).toHaveLength(8);
  });

  it('weighs saliency against swaps by the exponential', async () => {
    // e^0.9 · 0.30 = 0.738 > e^0.1 · 0.66 = 0.729; with 0.67 it is 0.740.
    const scores = (swap: number) => ({ '[UNK] b': 0.9, 'a [UNK]': 0.1, 'x b': 0.3, 'a y': swap });
    const rank = (swap: number) => {
      const { space } = writtenSpace({ scores: scores(swap), moves: { a: ['x'], b: ['y'] } });
      return byWeightedSaliency.rank(AttackedText.of(['a b']), space);
    };
    expect(await rank(0.66)).toEqual([0, 1]);
    expect(await rank(0.67)).toEqual([1, 0]);
  });

  it('by gradients, without a query', async () => {
    const { space, asked } = writtenSpace({ scores: {}, norms: [0.1, 0.4, 0, 0.4] });
    expect(await byGradient.rank(text, space)).toEqual([1, 3, 0, 2]);
    expect(asked).toEqual([]);
  });

  it('leaves out what the budget left unranked', async () => {
    const { space } = writtenSpace({ scores: { 'a [UNK] c d': 0.3 }, budget: 2 });
    expect(await byUnknownToken.rank(text, space)).toEqual([1, 0]);
  });
});
