import { InputError } from '@rose/foundation';
import { buildTokenizer } from './folder/build-tokenizer.js';
import { TokenizerFiles } from './folder/tokenizer-files.js';
import { HuggingFaceTokenizer } from './hugging-face-tokenizer.js';

export interface ReadTokenizerOptions {
  /** The rows of the embedding table: `vocab_size` of config.json. */
  readonly vocabularySize?: number;
  /** `model_type` of config.json. It chooses the class where tokenizer_config.json names none. */
  readonly modelType?: string;
}

/**
 * The tokenizer of a model folder: from tokenizer.json, or from vocab.txt, vocab.json with merges.txt, or a model of
 * SentencePiece. It gives the ids of transformers 5.
 * @throws InputError for files that are missing, broken, not supported or contradictory, and for ids without a row in the
 * embedding table
 */
export async function readTokenizer(folder: string, options: ReadTokenizerOptions = {}): Promise<HuggingFaceTokenizer> {
  const { vocabularySize, modelType } = options;
  const files = await TokenizerFiles.read(folder);
  const tokenizer = new HuggingFaceTokenizer(buildTokenizer(files, modelType), files.unparsed());
  if (vocabularySize !== undefined && tokenizer.vocabularySize > vocabularySize) {
    throw new InputError(
      `The tokenizer has ${tokenizer.vocabularySize} ids, config.json only ${vocabularySize} ("vocab_size").`,
      {
        where: folder,
        hint: 'Check that the files of the tokenizer, config.json and the weights belong to the same model.',
      },
    );
  }
  return tokenizer;
}
