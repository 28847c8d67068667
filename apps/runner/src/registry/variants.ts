import { everything, vanilla } from '@rose/baselines';
import type { Objective, Selection } from '@rose/fine-tuning';
import { lookUp } from '@rose/foundation';
import { roseEnsemble, roseFirst, roseSecond, twoPassCrossEntropy } from '@rose/rose-core';
import type { Experiment } from '../experiment/schema.js';

/** A method by name: an objective (how a batch becomes gradients) × a selection (which of them reach the weights). */
export interface Variant {
  readonly objective: Objective;
  readonly selection: Selection;
  /** Replaces the model's dropout rates. */
  readonly dropoutRate?: number;
  /** Cost of a step as a multiple of `vanilla`'s, for the estimate of the time left until runs have been timed. */
  readonly cost: number;
}

type Rose = Experiment['rose'];

const twoPasses = (rose: Rose) => ({ objective: twoPassCrossEntropy(), dropoutRate: rose.klDropout, cost: 3.3 });

/** Every variant that an experiment may name. A new method is a line here. */
const variants = new Map<string, (rose: Rose) => Variant>([
  ['vanilla', () => ({ objective: vanilla(), selection: everything(), cost: 1 })],
  ['rose-first', (rose) => ({ ...twoPasses(rose), selection: roseFirst(rose) })],
  ['rose-second', (rose) => ({ objective: vanilla(), selection: roseSecond(rose), cost: 1.05 })],
  ['rose-ensemble', (rose) => ({ ...twoPasses(rose), selection: roseEnsemble(rose) })],
]);

export const variantNames = (): string[] => [...variants.keys()];

/** @throws InputError for an unknown name, or for settings that the selection refuses */
export const findVariant = (name: string, rose: Rose): Variant =>
  lookUp(variants, name, { kind: 'variant', where: 'variants' })(rose);
