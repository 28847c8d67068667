import { InputError } from '@rose/foundation';
import { families } from './families/families.js';
import { findFamily } from './find-family.js';
import type { MaskedLanguageEncoder } from './model/family.js';

/**
 * Reads a masked language model from a folder in the Hugging Face layout, such as bert-base-uncased or roberta-base.
 * @throws InputError for missing or broken files, an unsupported model type and a folder without a masked-language head
 */
export async function loadMaskedLanguageModel(folder: string): Promise<MaskedLanguageEncoder> {
  const { family, ...found } = await findFamily(folder);
  if (family.loadMaskedLanguageModel && !found.embedded) return family.loadMaskedLanguageModel(folder, found.config);
  throw new InputError(`Models of type "${family.name}" have no masked-language head here.`, {
    where: folder,
    option: 'model',
    hint: `Give a model of one of these types: ${[...families.values()]
      .flatMap(({ name, loadMaskedLanguageModel: loads }) => (loads ? [name] : []))
      .join(', ')}.`,
  });
}
