import { basename, join } from 'node:path';
import { InputError } from '@rose/foundation';
import { families } from './families/families.js';
import { exists, readText } from './files/files.js';
import { JsonObject } from './files/json-object.js';
import { findFamily } from './find-family.js';
import { meanPooling } from './layers/mean-pooling.js';
import { checkedLength } from './model/max-length.js';
import { createSentenceEncoder, type SentenceEncoder } from './model/sentence-encoder.js';

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
 * Reads a sentence encoder in the layout of sentence-transformers: the mean of the last layer over the real tokens, then L2
 * normalisation. The length is that of sentence_bert_config.json.
 * @throws InputError for missing or broken files, an unsupported model type or another way of pooling
 */
export async function loadMeanPoolingEncoder(folder: string): Promise<SentenceEncoder> {
  const { family, ...found } = await findFamily(folder);
  if (!family.loadEncoder || found.embedded) {
    throw new InputError(`A sentence encoder of type "${family.name}" cannot be read from a folder.`, {
      where: folder,
      hint: `Supported values of "model_type": ${[...families.values()]
        .flatMap(({ name, loadEncoder }) => (loadEncoder ? [name] : []))
        .join(', ')}.`,
    });
  }
  await refuseOtherPooling(folder);
  const lengths = await readOptional(join(folder, 'sentence_bert_config.json'));
  const asked = lengths?.count('max_seq_length');
  const { encoder, width, mostTokens, tokenizer, dispose } = await family.loadEncoder(folder, found.config);
  try {
    return createSentenceEncoder({
      name: basename(folder),
      dimensions: width,
      tokenizer,
      maxLength: checkedLength(asked, mostTokens, { where: lengths?.where ?? found.config.where }),
      pool: (batch) => meanPooling(encoder.hiddenStates(batch), batch.mask),
      dispose,
    });
  } catch (error) {
    dispose();
    throw error;
  }
}
