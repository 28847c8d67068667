import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { contentHash, fileHash, InputError, nearestName } from '@rose/foundation';

/** The model that comes with the packages; every other is a folder. */
const embedded = 'use-lite';

/** The name a model goes by in tables and run ids. */
export const modelLabel = (model: string): string => path.basename(model);

const always = /^(config|tokenizer|tokenizer_config|vocab)\.json$|\.safetensors$/;
const index = /^model\.safetensors\.index\.json$/;
const tokenizer =
  /^(vocab\.txt|merges\.txt|(spm|spiece|sentencepiece\.bpe)\.model|special_tokens_map\.json|added_tokens\.json)$/;

/** Files that say nothing beside others stay out, as they always did: the hash of a folder does not change with our versions. */
const relevantAmong = (files: readonly string[]) => (file: string) =>
  always.test(file) ||
  (index.test(file) && !files.includes('model.safetensors')) ||
  (tokenizer.test(file) && !files.includes('tokenizer.json'));

/** What a model is made of, so that a run is done again when its weights have changed. */
export async function modelFingerprint(model: string): Promise<string> {
  if (model === embedded) return embedded;
  const files = await readdir(model).catch((cause: unknown) => {
    const nearest = nearestName(model, [embedded]);
    throw new InputError(`There is no model '${model}'.`, {
      where: path.resolve(model),
      hint: nearest
        ? `Did you mean '${nearest}'?`
        : `Give '${embedded}', or a folder with config.json, model.safetensors and tokenizer files (tools/fetch-minilm.sh makes one).`,
      cause,
    });
  });
  const relevant = files.filter(relevantAmong(files)).sort();
  return contentHash(await Promise.all(relevant.map(async (file) => [file, await fileHash(path.join(model, file))])));
}
