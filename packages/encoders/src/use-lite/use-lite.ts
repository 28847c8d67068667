import { defineFamily } from '../model/define-family.js';
import { Weights } from '../layers/weights.js';
import { DROPOUT_RATE, LAYER_INPUTS, MOST_TOKENS, USE, USE_LITE, useLiteClassifierSpecs } from './architecture.js';
import { timingTensor, useLitePooled } from './encoder.js';
import { PACKAGE, readPublishedVocabulary, readPublishedWeights } from './published-weights.js';
import { UnigramTokenizer } from './unigram-tokenizer.js';

/** The head reads the sentence vector after its tanh and before its L2 normalisation. All weights are trainable. */
export const useLite = defineFamily({
  name: USE_LITE,
  title: 'Universal Sentence Encoder, lite: two layers, 7 M parameters',
  paper: 'Cer et al., EMNLP 2018, arXiv:1803.11175',
  tokenizerFiles: ['vocab.json'],
  // There is only one architecture, so config.json adds nothing.
  parseConfig: () => USE_LITE,
  sizes: () => ({ mostTokens: MOST_TOKENS, layers: LAYER_INPUTS.length, dropoutRate: DROPOUT_RATE }),
  readTokenizer: (folder) => UnigramTokenizer.read(folder),
  specs: (_, classes) => useLiteClassifierSpecs(classes),
  network(_, { variables, classes }) {
    const model = { weights: new Weights(variables, USE), timing: timingTensor() };
    return {
      pool: (batch, options) => useLitePooled(batch, model, options),
      headDropout: ({ dropoutRate }) => dropoutRate ?? DROPOUT_RATE,
      config: { model_type: USE_LITE, classes },
      constants: [model.timing],
    };
  },
  embedded: {
    source: PACKAGE,
    config: USE_LITE,
    readTokenizer: async () => UnigramTokenizer.parse(await readPublishedVocabulary(), PACKAGE),
    readWeights: readPublishedWeights,
  },
});
