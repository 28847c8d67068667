import { backends } from '@rose/backends';
import { families } from '@rose/encoders';
import { type Descriptor, type SettingDescription, type Settings, describeSettings } from '@rose/foundation';
import { victimKinds } from '@rose/victims';
import type { Catalogue } from './catalogue.js';
import { allMethods } from '../methods/methods.js';

/** One thing that can be chosen by name, as lists and documents show it. */
export interface Listing extends Descriptor {
  /** What else is to be said of it: `needs: synonyms`. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** By the names that they have in an experiment, or below `victim`. */
  readonly settings: readonly SettingDescription[];
}

type Lister = (catalogue: Catalogue) => readonly Listing[];

const described = (settings: Settings, prefix: string): SettingDescription[] =>
  describeSettings(settings).map((setting) => ({ ...setting, name: `${prefix}${setting.name}` }));

const named = ({ name, title, paper }: Descriptor) => ({ name, title, ...(paper !== undefined && { paper }) });

const listed = (items: readonly string[]): string => (items.length === 0 ? 'nothing' : items.join(', '));

const methods: Lister = (catalogue) =>
  allMethods(catalogue.methods).map((method) => {
    const usual = method.kind === 'objective' ? method.cost(method.settings.parse({})) : undefined;
    const added = method.kind === 'selection' ? (method.cost?.(method.settings.parse({})) ?? 0) : undefined;
    return {
      ...named(method),
      facts: [
        ['kind', method.kind],
        ...(usual === undefined ? [] : [['cost of a step, in steps of vanilla', round(usual)] as const]),
        ...(method.kind === 'selection' ? [['objective, unless another is named', method.objective] as const] : []),
        ...(added === undefined ? [] : [['adds to the cost of a step', round(added)] as const]),
      ],
      settings: described(method.settings, `${method.section ?? ''}.`),
    };
  });

const round = (cost: number): string => String(Math.round(100 * cost) / 100);

const recipes: Lister = (catalogue) =>
  [...catalogue.recipes.values()].map((recipe) => ({
    ...named(recipe),
    facts: [
      ['needs', listed(recipe.needs)],
      ['uses, where given', listed(recipe.uses)],
      ...(recipe.whiteBox ? [['white box', "it needs the victim's gradients"] as const] : []),
    ],
    settings: described(recipe.settings, `attack.recipes.${recipe.name}.`),
  }));

const tasks: Lister = (catalogue) =>
  [...catalogue.tasks.values()].map((task) => ({
    ...named(task),
    facts: [
      ['columns', task.columns.join(', ')],
      ['labels, in order', task.labels.join(', ')],
      ['metric', task.metric],
      ['in AdvGLUE', task.advGlueKey === undefined ? 'no' : 'yes'],
    ],
    settings: [],
  }));

const suites: Lister = (catalogue) =>
  [...catalogue.suites.values()].map((suite) => ({
    ...named(suite),
    facts: [['metric in tables', suite.headline]],
    settings: [],
  }));

const models: Lister = () =>
  [...families.values()].map((family) => ({
    ...named(family),
    facts: [
      ['given as', family.embedded ? `${family.name}, or a folder` : 'a folder'],
      ['files that it saves', family.files.join(', ')],
      ['pooling', family.poolings.length > 0 ? family.poolings.join(' or ') : 'one way only'],
      ...(family.embedded ? [['embedded weights', family.embedded.source] as const] : []),
    ],
    settings: [],
  }));

const engines: Lister = () =>
  backends.map((backend) => ({
    ...named(backend),
    facts: [['package', backend.engine], ...(backend.needs === undefined ? [] : [['needs', backend.needs] as const])],
    settings: [],
  }));

const victims: Lister = () =>
  victimKinds.map((kind) => ({
    ...named(kind),
    facts: [['takes names of labels', kind.takesLabels ? 'yes' : 'no']],
    settings: described(kind.settings, 'victim.'),
  }));

const listers = { methods, recipes, tasks, suites, models, backends: engines, victims };

/** What can be listed. */
export type ListingKind = keyof typeof listers;
export const listingKinds = Object.keys(listers) as readonly ListingKind[];

/** Everything of a kind that can be chosen by name, in order. */
export const listingsOf = (kind: ListingKind, catalogue: Catalogue): readonly Listing[] => listers[kind](catalogue);
