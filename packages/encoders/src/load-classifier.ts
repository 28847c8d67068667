import { InputError, nearestName } from '@rose/foundation';
import { families } from './families.js';
import type { FamilyRequest } from './family.js';
import { exists } from './files.js';
import { readConfig } from './model-folder.js';
import type { TextClassifier } from './text-classifier.js';
import { USE_LITE } from './use-lite/architecture.js';
import { loadEmbeddedUseLite } from './use-lite/load-use-lite.js';

export interface LoadOptions extends FamilyRequest {
  /** `use-lite` for the embedded model, or a folder in the Hugging Face layout: config.json, model.safetensors, tokenizer files. */
  readonly model: string;
}

/**
 * Loads a pre-trained encoder or a fine-tuned checkpoint for classification.
 * @example const model = await loadClassifier({ model: 'use-lite', classes: 2, seed: 42 });
 * @throws InputError for a missing folder, an unsupported model type, files that are broken or do not belong together
 */
export async function loadClassifier(options: LoadOptions): Promise<TextClassifier> {
  const { model, classes } = options;
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw new InputError(`A classifier cannot have ${classes} classes.`);
  if (model === USE_LITE) return loadEmbeddedUseLite(options);
  if (nearestName(model, [USE_LITE]) && !(await exists(model))) {
    throw new InputError(`There is no model or folder "${model}".`, { hint: `Did you mean "${USE_LITE}"?` });
  }
  const config = await readConfig(model);
  const type = config.string('model_type');
  const load = families.get(type);
  if (!load) {
    throw new InputError(`Models of type "${type}" are not supported.`, {
      where: config.where,
      hint: `Supported values of "model_type": ${[...families.keys()].join(', ')}.`,
    });
  }
  return load(model, config, options);
}
