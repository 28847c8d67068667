import type { Objective, Selection } from '@rose/fine-tuning';
import { InputError, lookUp } from '@rose/foundation';
import type { ResolvedExperiment } from '../experiment/resolve-settings.js';
import { objectives } from './objectives.js';
import { noSelection, selections } from './selections.js';
import { parseVariant } from './variant-name.js';

/** A method by name: an objective (how a batch becomes gradients) × a selection (which of them reach the weights). */
export interface Variant {
  readonly objective: Objective;
  readonly selection: Selection;
  /** Replaces the model's dropout rates. */
  readonly dropoutRate?: number;
  /** Cost of a step by theory as a multiple of `vanilla`'s: what is expected of the bench, and of runs not timed yet. */
  readonly cost: number;
  /** The settings of the methods that its results depend on. */
  readonly settings: { readonly objective?: object; readonly selection?: object };
}

/** Objectives, then selections; any two of them also go together, as `objective+selection`. */
export const variantNames = (): string[] => [...objectives.keys(), ...selections.keys()];

/** @throws InputError for an unknown name, or for settings that objective or selection refuse */
export function findVariant(name: string, experiment: ResolvedExperiment): Variant {
  const named = parseVariant(name);
  const chosen = (named.selection === undefined ? undefined : selections.get(named.selection)) ?? noSelection;
  const selection = chosen(experiment);
  const kind = { kind: 'objective', where: 'variants' };
  const objective = lookUp(objectives, named.objective ?? selection.objective, kind)(experiment);
  const { dropoutRate } = selection;
  if (dropoutRate === 0 && (objective.needsDropout || selection.needsDropout)) {
    throw new InputError(`'${name}' compares two dropout passes and has a dropout rate of 0.`, {
      where: selection.needsDropout ? 'rose.klDropout' : `${named.selection ?? ''}.dropout`,
      hint: 'Give a rate above 0, such as 0.1.',
    });
  }
  return {
    objective: objective.objective,
    selection: selection.selection,
    ...(dropoutRate === undefined ? {} : { dropoutRate }),
    cost: objective.cost + selection.cost,
    settings: {
      ...(objective.settings && { objective: objective.settings }),
      ...(selection.settings && { selection: selection.settings }),
    },
  };
}
