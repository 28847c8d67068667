import type { MaskedLanguageModel, PredictedToken } from '../resources/masked-language-model.js';

/** A token: its probability; "##" before a piece of a word, as in BERT's vocabulary. */
export type ToyPredictions = Record<string, number>;

const tokens = (predictions: ToyPredictions, count: number): readonly PredictedToken[] =>
  Object.entries(predictions)
    .map(([token, probability]) => ({
      text: token.replace(/^##/, ''),
      startsWord: !token.startsWith('##'),
      probability,
    }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, count);

export interface ToyLanguageModelOptions {
  /** By the text with "_" in the place of the mask. */
  readonly fill?: Record<string, ToyPredictions>;
  /** By word: predictions at each of its tokens. */
  readonly reconstruct?: Record<string, readonly ToyPredictions[]>;
}

/** A masked language model whose predictions are written down; `asked` is what it was given, batch by batch. */
export function toyLanguageModel({ fill = {}, reconstruct = {} }: ToyLanguageModelOptions) {
  const asked: string[][] = [];
  const model: MaskedLanguageModel & { readonly asked: readonly string[][] } = {
    name: 'toy-lm',
    version: '1',
    hash: 'toy',
    asked,
    fill: (texts, count) => {
      const holes = texts.map(({ before, after }) => `${before}_${after}`);
      asked.push(holes);
      return Promise.resolve(holes.map((hole) => tokens(fill[hole] ?? {}, count)));
    },
    reconstruct: (texts, count) =>
      Promise.resolve(
        texts.map(({ word }) => (reconstruct[word] ?? []).map((predictions) => tokens(predictions, count))),
      ),
  };
  return model;
}
