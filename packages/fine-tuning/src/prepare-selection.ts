import type { TextClassifier } from '@rose/encoders';
import { InputError } from '@rose/foundation';
import type { Optimizer } from './optimizer.js';
import type { Selection } from './selection.js';
import { type PreviewedSet, previewGradients } from './training-preview.js';

export interface PreparationOptions {
  readonly model: TextClassifier;
  readonly selection: Selection;
  /** With the pretrained weights. */
  readonly optimizer: Optimizer;
  readonly set: PreviewedSet;
  readonly settings: { readonly seed: number; readonly maxGradientNorm: number };
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lets a selection look at model and texts before the first step, and marks as not trainable what it never trains.
 * @throws InputError when there is nothing to train, or nothing to train on
 */
export async function prepareSelection(options: PreparationOptions): Promise<void> {
  const { model, selection, optimizer, set, settings, signal } = options;
  if (set.stepsPerEpoch === 0) {
    throw new InputError('There is no row to train on.', { option: 'examples', hint: 'Give at least one example.' });
  }
  await selection.prepare?.({
    ...settings,
    shapes: new Map([...model.parameters].map(([name, { shape }]) => [name, shape])),
    roles: model.roles,
    weights: (name) => optimizer.state(name).weights,
    batches: set.stepsPerEpoch,
    gradients: (parameters) => previewGradients(set, { parameters, signal }),
  });
  const variables = [...model.parameters.values()];
  for (const [name, variable] of model.parameters) variable.trainable = selection.trains?.(name) ?? true;
  if (variables.some(({ trainable }) => trainable)) return;
  throw new InputError(`The selection '${selection.name}' leaves nothing to train in this model.`, {
    option: 'selection',
    hint: 'Choose other settings of the selection, or another selection.',
  });
}
