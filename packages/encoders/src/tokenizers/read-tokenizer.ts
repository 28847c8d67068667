import { InputError } from '@rose/foundation';
import { HuggingFaceTokenizer } from './hugging-face-tokenizer.js';

/** The tokenizer of a folder. @throws InputError when it has ids without a row in the embedding table */
export async function readTokenizer(
  folder: string,
  { vocabularySize }: { readonly vocabularySize: number },
): Promise<HuggingFaceTokenizer> {
  const tokenizer = await HuggingFaceTokenizer.read(folder);
  if (tokenizer.vocabularySize > vocabularySize) {
    throw new InputError(
      `The tokenizer has ${tokenizer.vocabularySize} ids, config.json only ${vocabularySize} ("vocab_size").`,
      {
        where: folder,
        hint: 'Check that tokenizer.json, config.json and the weights belong to the same model.',
      },
    );
  }
  return tokenizer;
}
