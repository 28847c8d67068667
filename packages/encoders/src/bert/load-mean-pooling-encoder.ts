import { basename, join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { InputError } from '@rose/foundation';
import { exists, readText } from '../files/files.js';
import { JsonObject } from '../files/json-object.js';
import { meanPooling } from '../layers/mean-pooling.js';
import { checkedLength } from '../model/max-length.js';
import { checkConfigKeys } from '../model/config-keys.js';
import { fitParameters } from '../model/fit-parameters.js';
import { describeWeights, readParameters } from '../model/folder-weights.js';
import { readConfig } from '../model/model-folder.js';
import { createParameters } from '../model/parameters.js';
import { createSentenceEncoder, type SentenceEncoder } from '../model/sentence-encoder.js';
import { Weights } from '../layers/weights.js';
import { LEFT_ASIDE_BY_ENCODER, canonicalName } from './checkpoint-names.js';
import { bertConfigKeys } from './config-keys.js';
import { parseBertConfig } from './config.js';
import { bertHiddenStates } from './encoder.js';
import { BERT, bertEncoderSpecs } from './parameter-specs.js';
import { readBertTokenizer } from './tokenizer.js';

async function readOptional(path: string): Promise<JsonObject | undefined> {
  return (await exists(path)) ? JsonObject.parse(await readText(path, 'Fetch the model again.'), path) : undefined;
}

async function refuseOtherPooling(folder: string): Promise<void> {
  const pooling = await readOptional(join(folder, '1_Pooling', 'config.json'));
  if (pooling && pooling.fields['pooling_mode_mean_tokens'] !== true) {
    throw new InputError('This sentence encoder does not pool by the mean of its tokens.', {
      where: pooling.where,
      hint: 'Use a mean-pooling model such as all-MiniLM-L6-v2.',
    });
  }
}

/**
 * Reads a BERT sentence encoder in the layout of sentence-transformers: the mean of the last layer over the real tokens,
 * then L2 normalisation. The length is that of sentence_bert_config.json.
 * @throws InputError for missing or broken files, another model type or another way of pooling
 */
export async function loadMeanPoolingEncoder(folder: string): Promise<SentenceEncoder> {
  const fields = await readConfig(folder);
  if (fields.string('model_type') !== BERT) {
    throw new InputError(`A sentence encoder of type "${fields.string('model_type')}" is not supported.`, {
      where: fields.where,
      hint: `Supported values of "model_type": ${BERT}.`,
    });
  }
  await refuseOtherPooling(folder);
  checkConfigKeys(fields, bertConfigKeys);
  const config = parseBertConfig(fields);
  const lengths = await readOptional(join(folder, 'sentence_bert_config.json'));
  const where = lengths?.where ?? fields.where;
  const maxLength = checkedLength(lengths?.count('max_seq_length'), config.positions, { where });
  const tokenizer = await readBertTokenizer(folder, config);
  const specs = bertEncoderSpecs(config);
  const inFolder = await describeWeights(folder);
  const { where: weightsFile, entries, aliases } = inFolder;
  const { found } = fitParameters({
    ...{ specs, stored: entries, aliases, where: weightsFile, canonicalName },
    leftAside: LEFT_ASIDE_BY_ENCODER,
  });
  const stored = await readParameters(inFolder, found);
  const { variables } = createParameters({ specs, stored, where: weightsFile, seed: 0 });
  const weights = new Weights(variables, BERT);
  return createSentenceEncoder({
    name: basename(folder),
    dimensions: config.width,
    tokenizer,
    maxLength,
    pool: (batch) => meanPooling(bertHiddenStates(batch, weights, config), batch.mask),
    dispose: () => tf.dispose([...variables.values()]),
  });
}
