import { InputError, nearestName } from '@rose/foundation';
import { families } from './families.js';
import type { FamilyRequest } from './model/family.js';
import { exists } from './files/files.js';
import { readConfig } from './model/model-folder.js';
import type { TextClassifier } from './model/text-classifier.js';

export interface LoadOptions extends FamilyRequest {
  /** `use-lite`, the embedded model, or a folder in the Hugging Face layout: config.json, model.safetensors, tokenizer files. */
  readonly model: string;
}

/**
 * Loads a pre-trained encoder or a fine-tuned checkpoint for classification.
 * @example const model = await loadClassifier({ model: 'use-lite', classes: 2, seed: 42 });
 * @throws InputError for a missing folder, an unsupported model type, files that are broken or do not belong together
 */
export async function loadClassifier(options: LoadOptions): Promise<TextClassifier> {
  const { model, classes } = options;
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new InputError(`A classifier cannot have ${classes} classes.`, {
      option: 'classes',
      hint: 'Give a whole number of at least 1.',
    });
  }
  const { embedded } = families.get(model) ?? {};
  if (embedded) return embedded.load(options);
  const embeddedNames = [...families.values()].filter((family) => family.embedded).map(({ name }) => name);
  const nearest = nearestName(model, embeddedNames);
  if (nearest !== undefined && !(await exists(model))) {
    throw new InputError(`There is no model or folder "${model}".`, {
      option: 'model',
      hint: `Did you mean "${nearest}"?`,
    });
  }
  const config = await readConfig(model);
  const type = config.string('model_type');
  const family = families.get(type);
  if (!family) {
    throw new InputError(`Models of type "${type}" are not supported.`, {
      where: config.where,
      hint: `Supported values of "model_type": ${[...families.keys()].join(', ')}.`,
    });
  }
  return family.load(model, config, options);
}
