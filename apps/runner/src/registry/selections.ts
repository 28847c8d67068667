import { childTuningD, childTuningF, everything, mixout, topLayers } from '@rose/baselines';
import type { Selection } from '@rose/fine-tuning';
import { roseEnsemble, roseFirst, roseSecond } from '@rose/rose-core';
import type { ResolvedExperiment } from '../experiment/resolve-settings.js';

export interface SelectionEntry extends SelectionTraits {
  readonly selection: Selection;
  /** All that it depends on: in the hash of the runs that use it, and of no others. */
  readonly settings: object | undefined;
}

interface SelectionTraits {
  /** The objective that it was published with, for a variant that names none. */
  readonly objective: string;
  /** What it adds to the cost of a step by its passes, one backward as two forward, in steps of `vanilla`. */
  readonly cost: number;
  /** Replaces the model's dropout rates, whatever the objective. */
  readonly dropoutRate?: number;
  /** It compares dropout passes, and says nothing without dropout. */
  readonly needsDropout?: boolean;
}

function entry<S extends object>(
  make: (settings: S) => Selection,
  settings: S,
  traits: SelectionTraits,
): SelectionEntry {
  return { selection: make(settings), settings, ...traits };
}

/** What each ROSE selection depends on, and no more: γ concerns the ensemble alone. */
function roseSettings({ rose, training }: ResolvedExperiment) {
  const { upper, lower, granularity, klDropout, ratio, gamma } = rose;
  const band = { upper, lower, granularity };
  const second = { ratio, beta1: training.beta1 };
  return {
    first: { ...band, klDropout },
    second: { ...band, ...second },
    ensemble: { ...band, ...second, klDropout, gamma },
  };
}

/** The KL of two dropout passes, backwards, beside an objective of two passes that it shares the forward pass with. */
const firstOrder = (e: ResolvedExperiment): SelectionTraits => ({
  objective: 'two-pass',
  cost: 4 / 3,
  dropoutRate: e.rose.klDropout,
  needsDropout: true,
});

/** Which gradients reach the weights. A new selection is a line here, and its settings a section in method-settings.ts. */
export const selections = new Map<string, (experiment: ResolvedExperiment) => SelectionEntry>([
  ['rose-first', (e) => entry(roseFirst, roseSettings(e).first, firstOrder(e))],
  ['rose-second', (e) => entry(roseSecond, roseSettings(e).second, { objective: 'vanilla', cost: 0 })],
  ['rose-ensemble', (e) => entry(roseEnsemble, roseSettings(e).ensemble, firstOrder(e))],
  ['child-tuning-f', (e) => entry(childTuningF, e.childTuning, { objective: 'vanilla', cost: 0 })],
  ['child-tuning-d', (e) => entry(childTuningD, e.childTuning, { objective: 'vanilla', cost: 0 })],
  ['top-layers', (e) => entry(topLayers, e.topLayers, { objective: 'vanilla', cost: 0 })],
  ['mixout', (e) => entry(mixout, e.mixout, { objective: 'vanilla', cost: 0, dropoutRate: e.mixout.dropout })],
]);

/** Where a variant names an objective alone. */
export const noSelection = (): SelectionEntry => ({
  selection: everything(),
  settings: undefined,
  objective: 'vanilla',
  cost: 0,
});
