import { InputError } from '@rose/foundation';
import { HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
import type { BertConfig } from './config.js';

/** The tokenizer of a folder. @throws InputError when it has ids without a row in the embedding table */
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
