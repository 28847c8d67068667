import { InputError } from '@rose/foundation';
import type { JsonObject } from '../json-object.js';
import type { FamilyRequest } from '../family.js';
import { readWeights, weightsPath } from '../model-folder.js';
import { createParameters } from '../parameters.js';
import type { TextClassifier } from '../text-classifier.js';
import { HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
import { BertClassifier } from './bert-classifier.js';
import { LEFT_ASIDE, LEFT_ASIDE_BY_MEAN_POOLING, withCanonicalNames } from './checkpoint-names.js';
import { parseBertConfig, type BertConfig } from './config.js';
import { bertClassifierSpecs } from './parameter-specs.js';

/** GLUE's usual length, and that of ROSE's runs. */
const USUAL_LENGTH = 128;

/** The tokenizer of a folder, once it is sure that its ids have rows in the embedding table. */
export async function readBertTokenizer(folder: string, config: BertConfig): Promise<HuggingFaceTokenizer> {
  const tokenizer = await HuggingFaceTokenizer.read(folder);
  if (tokenizer.vocabularySize > config.vocabularySize) {
    throw new InputError(
      `The tokenizer has ${tokenizer.vocabularySize} ids, config.json only ${config.vocabularySize} ("vocab_size").`,
      {
        where: folder,
        hint: 'Check that tokenizer.json, config.json and the weights belong to the same model.',
      },
    );
  }
  return tokenizer;
}

/** The asked-for length, or the usual one as far as the model has positions. */
export function checkedLength(config: BertConfig, asked: number | undefined, where: string): number {
  if (asked !== undefined && asked > config.positions) {
    throw new InputError(`A maximum length of ${asked} was asked for; the model has ${config.positions} positions.`, {
      where,
      hint: `Give a maximum length of at most ${config.positions}.`,
    });
  }
  return asked ?? Math.min(USUAL_LENGTH, config.positions);
}

export async function loadBert(folder: string, fields: JsonObject, request: FamilyRequest): Promise<TextClassifier> {
  const asked = parseBertConfig(fields);
  const config = { ...asked, pooling: request.pooling ?? asked.pooling };
  const maxLength = checkedLength(config, request.maxLength, fields.where);
  const tokenizer = await readBertTokenizer(folder, config);
  const { tensors } = await readWeights(folder);
  const parameters = createParameters({
    specs: bertClassifierSpecs(config, request.classes),
    stored: withCanonicalNames(tensors),
    where: weightsPath(folder),
    seed: request.seed,
    ignored: config.pooling === 'cls' ? LEFT_ASIDE : LEFT_ASIDE_BY_MEAN_POOLING,
  });
  return new BertClassifier({
    config,
    configFields: fields.fields,
    parameters,
    tokenizer,
    classes: request.classes,
    maxLength,
  });
}
