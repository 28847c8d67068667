import type { AttackedText } from '../text/attacked-text.js';
import { best, byScore } from './neighbourhood.js';
import type { SearchSpace } from './search-method.js';

/** An order of words: the most important first, equals in the order of the text (TextAttack's `wir_method`). */
export interface WordRanking {
  readonly name: string;
  /** Needs the victim's gradients. */
  readonly whiteBox?: boolean;
  /** Indices of attackable words; those that the budget left unranked are missing. */
  rank(text: AttackedText, space: SearchSpace): Promise<readonly number[]>;
}

/** What TextAttack puts in place of a word, whatever the victim's own token is (a wrong one for RoBERTa). */
export const UNKNOWN_TOKEN = '[UNK]';

async function scoresOf(texts: readonly { index: number; text: AttackedText }[], space: SearchSpace) {
  return (await space.evaluate(texts)).map(({ item, score }) => ({ index: item.index, score }));
}

const indicesOf = (scored: readonly { index: number; score: number }[]) =>
  [...scored].sort(byScore).map(({ index }) => index);

/** By the score without the word. One query a word. */
export const byDeletion: WordRanking = {
  name: 'delete',
  rank: async (text, space) =>
    indicesOf(
      await scoresOf(
        space.attackable(text).map((index) => ({ index, text: text.delete(index) })),
        space,
      ),
    ),
};

const saliencies = (text: AttackedText, space: SearchSpace) =>
  scoresOf(
    space.attackable(text).map((index) => ({ index, text: text.replace(index, UNKNOWN_TOKEN) })),
    space,
  );

/** By the score with "[UNK]" in the word's place. One query a word. */
export const byUnknownToken: WordRanking = {
  name: 'unk',
  rank: async (text, space) => indicesOf(await saliencies(text, space)),
};

/**
 * Probability-weighted word saliency (Ren et al. 2019, PWWS): soft-max over the words' scores with "[UNK]" in their place,
 * times the best score that one swap of the word reaches. As TextAttack, the score itself, where the paper has its rise;
 * a word without candidates gets 0. One query a word and one a candidate.
 */
export const byWeightedSaliency: WordRanking = {
  name: 'weighted-saliency',
  async rank(text, space) {
    const salient = await saliencies(text, space);
    const total = salient.reduce((sum, { score }) => sum + Math.exp(score), 0);
    const weighted = [];
    for (const { index, score } of salient) {
      const swaps = space.exhausted ? [] : await space.evaluate(await space.neighbours(text, index));
      weighted.push({ index, score: (Math.exp(score) / total) * (best(swaps)?.score ?? 0) });
    }
    return indicesOf(weighted);
  },
};

/** By the norm of the loss's gradient at the word (Yoo & Qi 2021, A2T). No query; needs a white box. */
export const byGradient: WordRanking = {
  name: 'gradient',
  whiteBox: true,
  async rank(text, space) {
    const norms = await space.gradientNorms(text);
    return indicesOf(space.attackable(text).map((index) => ({ index, score: norms[index] ?? 0 })));
  },
};

/** In an order drawn anew for each example. No query. */
export const atRandom: WordRanking = {
  name: 'random',
  rank: (text, space) => Promise.resolve(space.random.shuffle(space.attackable(text))),
};
