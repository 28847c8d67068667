import { freeLb, pgd, r3f, rDrop, smart, vanilla } from '@rose/baselines';
import type { Objective } from '@rose/fine-tuning';
import { twoPassCrossEntropy } from '@rose/rose-core';
import type { ResolvedExperiment } from '../experiment/resolve-settings.js';

export interface ObjectiveEntry extends ObjectiveTraits {
  readonly objective: Objective;
  /** All that it depends on: in the hash of the runs that use it, and of no others. */
  readonly settings: object | undefined;
}

interface ObjectiveTraits {
  /** Cost of a step by its passes, one backward as two forward, as a multiple of `vanilla`'s. */
  readonly cost: number;
  /** It compares dropout passes, and says nothing without dropout. */
  readonly needsDropout?: boolean;
}

function entry<S extends object>(
  make: (settings: S) => Objective,
  settings: S,
  traits: ObjectiveTraits,
): ObjectiveEntry {
  return { objective: make(settings), settings, ...traits };
}

const freeLbPasses = ({ steps, convention }: ResolvedExperiment['freeLb']) =>
  convention === 'fairseq' ? 1 + (steps ?? 2) : (steps ?? 3);

/** How a batch becomes gradients. A new objective is a line here, and its settings a section in method-settings.ts. */
export const objectives = new Map<string, (experiment: ResolvedExperiment) => ObjectiveEntry>([
  ['vanilla', () => ({ objective: vanilla(), settings: undefined, cost: 1 })],
  ['two-pass', () => ({ objective: twoPassCrossEntropy(), settings: undefined, cost: 2 })],
  ['r3f', (e) => entry(r3f, e.r3f, { cost: 2 })],
  ['r4f', (e) => entry(r3f, { ...e.r3f, spectralNorm: true }, { cost: 2 })],
  ['freelb', (e) => entry(freeLb, e.freeLb, { cost: freeLbPasses(e.freeLb) })],
  ['pgd', (e) => entry(pgd, e.pgd, { cost: (2 * e.pgd.steps + 3) / 3 })],
  ['smart', (e) => entry(smart, e.smart, { cost: 2 + (2 * e.smart.steps) / 3 })],
  ['r-drop', (e) => entry(rDrop, e.rDrop, { cost: 2, needsDropout: true })],
]);
