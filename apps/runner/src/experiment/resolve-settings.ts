import { findPublishedSettings } from '@rose/rose-core';
import { parseVariant } from '../registry/variant-name.js';
import type { Experiment } from './schema.js';

/** A setting that a file may leave open, with where its value came from. */
export interface ResolvedValue {
  readonly value: number;
  /** `experiment`: the file or `--set`. `published: …`: the authors' for this variant, task and model. `default`: ours. */
  readonly from: string;
}

/** The settings of one run that depend on its variant, task and model, by their path in an experiment. */
export interface ResolvedSettings {
  readonly 'training.learningRate': ResolvedValue;
  readonly 'rose.upper': ResolvedValue;
}

/** An experiment in which nothing is left open. */
export type ResolvedExperiment = Omit<Experiment, 'training' | 'rose'> & {
  readonly training: Experiment['training'] & { readonly learningRate: number };
  readonly rose: Experiment['rose'] & { readonly upper: number };
};

const defaults = { learningRate: 2e-5, upper: 60 };

/**
 * What the experiment says explicitly wins; then what ROSE's authors published, for the variants that they published;
 * then our defaults.
 * @param size of the model among the published ones
 */
export function resolveSettings(
  { training, rose }: Experiment,
  of: { readonly variant: string; readonly task: string; readonly size: string | undefined },
): ResolvedSettings {
  const { objective, selection } = parseVariant(of.variant);
  // With another objective a selection is no variant of theirs.
  const published = objective === undefined ? findPublishedSettings({ ...of, selection: selection ?? '' }) : undefined;
  const origin = `published: ${selection ?? ''}, RoBERTa-${of.size ?? ''}, ${of.task}`;
  const resolve = (explicit: number | undefined, name: keyof typeof defaults): ResolvedValue => {
    if (explicit !== undefined) return { value: explicit, from: 'experiment' };
    return published ? { value: published[name], from: origin } : { value: defaults[name], from: 'default' };
  };
  return {
    'training.learningRate': resolve(training.learningRate, 'learningRate'),
    'rose.upper': resolve(rose.upper, 'upper'),
  };
}

/** The experiment as one run sees it. */
export function applySettings(experiment: Experiment, settings: ResolvedSettings): ResolvedExperiment {
  return {
    ...experiment,
    training: { ...experiment.training, learningRate: settings['training.learningRate'].value },
    rose: { ...experiment.rose, upper: settings['rose.upper'].value },
  };
}
