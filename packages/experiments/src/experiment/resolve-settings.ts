import type { PublishedFor } from '@rose/fine-tuning';
import type { Methods } from '../methods/methods.js';
import { parseVariant } from '../methods/variants.js';
import { type Given, givenAt } from '../settings/overrides.js';
import type { Experiment } from '../settings/schema.js';

/** A setting that a file may leave open, with where its value came from. */
export interface ResolvedValue {
  readonly value: number;
  /** `experiment`: the file or an override. `published: …`: the authors' for this variant, task and model. `default`: ours. */
  readonly from: string;
}

/** The settings of one run that depend on its variant, task and model, by their path in an experiment. */
export type ResolvedSettings = Readonly<Record<string, ResolvedValue>>;

/** An experiment in which nothing is left open. */
export type SettledExperiment = Experiment & {
  readonly training: Experiment['training'] & { readonly learningRate: number };
};

const LEARNING_RATE = 2e-5;

export interface ResolveOptions {
  readonly experiment: Experiment;
  readonly given: Given;
  readonly methods: Methods;
  /** `size` is that of the model among the published ones. */
  readonly of: PublishedFor & { readonly variant: string };
}

/**
 * What the experiment says explicitly wins; then what the authors of a method published, for the variants that they
 * published; then our defaults.
 */
export function resolveSettings({ experiment, given, methods, of }: ResolveOptions): ResolvedSettings {
  const { selections, namesObjective } = parseVariant(of.variant, methods);
  const [selection, ...others] = selections;
  // With another objective or another selection it is no variant of theirs.
  const isTheirs = !namesObjective && others.length === 0;
  const published = isTheirs ? selection?.published?.find(of) : undefined;
  const resolved: Record<string, ResolvedValue> = {};
  const settle = (path: readonly string[], usual: unknown) => {
    const theirs = published?.[path.at(-1) ?? ''];
    const explicit = givenAt(given, path);
    const name = path.join('.');
    if (typeof explicit === 'number') resolved[name] = { value: explicit, from: 'experiment' };
    else if (typeof theirs === 'number') {
      const size = of.size === undefined ? '' : `, RoBERTa-${of.size}`;
      resolved[name] = { value: theirs, from: `published: ${selection?.name ?? ''}${size}, ${of.task}` };
    } else if (typeof usual === 'number') resolved[name] = { value: usual, from: 'default' };
  };
  settle(['training', 'learningRate'], LEARNING_RATE);
  for (const { section, published: known } of selections) {
    if (section === undefined || known === undefined) continue;
    for (const name of known.settings) settle([section, name], givenAt(experiment, [section, name]));
  }
  return resolved;
}

/** The experiment as one run sees it. */
export function applySettings(experiment: Experiment, settings: ResolvedSettings): SettledExperiment {
  let settled: Given = experiment;
  for (const [name, { value }] of Object.entries(settings)) {
    const [section = '', key = ''] = name.split('.');
    settled = { ...settled, [section]: { ...(settled[section] as Given | undefined), [key]: value } };
  }
  return settled as SettledExperiment;
}
