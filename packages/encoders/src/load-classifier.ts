import { InputError } from '@rose/foundation';
import type { CheckRequest, FamilyRequest } from './model/family.js';
import { findFamily } from './find-family.js';
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
  checkClasses(classes);
  const found = await findFamily(model);
  return found.embedded ? found.embedded.load(options) : found.family.load(model, found.config, options);
}

/**
 * Refuses what `loadClassifier` would refuse. Of the weights it reads names, types and shapes alone, so it takes no longer for a
 * large model than for a small one. With `finite` it looks at all of them, piece by piece.
 * @returns the notes that the classifier would have
 */
export async function checkModel(options: LoadOptions & CheckRequest): Promise<readonly string[]> {
  checkClasses(options.classes);
  const found = await findFamily(options.model);
  return found.embedded ? [] : found.family.check(options.model, found.config, options);
}

function checkClasses(classes: number): void {
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new InputError(`A classifier cannot have ${classes} classes.`, {
      option: 'classes',
      hint: 'Give a whole number of at least 1.',
    });
  }
}
