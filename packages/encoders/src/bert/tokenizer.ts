import { type HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
import { readTokenizer } from '../tokenizers/read-tokenizer.js';
import type { BertConfig } from './config.js';

/** The tokenizer of a folder. @throws InputError when it has ids without a row in the embedding table */
export function readBertTokenizer(folder: string, { vocabularySize }: BertConfig): Promise<HuggingFaceTokenizer> {
  return readTokenizer(folder, { vocabularySize, modelType: 'bert' });
}
