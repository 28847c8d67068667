import * as tf from '@tensorflow/tfjs-core';
import { createParameters } from '../model/parameters.js';
import { type SentenceEncoder, createSentenceEncoder } from '../model/sentence-encoder.js';
import { Weights } from '../layers/weights.js';
import { MOST_TOKENS, USE, USE_LITE, WIDTH, useLiteEncoderSpecs } from './architecture.js';
import { timingTensor, useLitePooled } from './encoder.js';
import { PACKAGE, describePublished, readPublishedVocabulary, readPublishedWeights } from './published-weights.js';
import { UnigramTokenizer } from './unigram-tokenizer.js';

/** Loads the published sentence encoder, 512 dimensions. Its weights are installed with this package. */
export async function loadUseLiteSentenceEncoder(): Promise<SentenceEncoder> {
  const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), PACKAGE);
  const stored = await readPublishedWeights();
  const { variables } = createParameters({ specs: useLiteEncoderSpecs, stored, where: PACKAGE, seed: 0 });
  const model = { weights: new Weights(variables, USE), timing: timingTensor() };
  return createSentenceEncoder({
    name: USE_LITE,
    source: await describePublished(),
    dimensions: WIDTH,
    tokenizer,
    maxLength: MOST_TOKENS,
    pool: (batch) => useLitePooled(batch, model),
    dispose: () => tf.dispose([...variables.values(), model.timing]),
  });
}
