import {
  type Objective,
  type ObjectiveDescriptor,
  type Selection,
  type SelectionDescriptor,
  composeSelections,
} from '@rose/fine-tuning';
import type { ModelSizes } from '@rose/encoders';
import { InputError, namesBelow, nearestName, renamingOptions } from '@rose/foundation';
import type { Methods } from './methods.js';
import type { Experiment } from '../settings/schema.js';
import { type MethodOptions, optionsOf, decidedElsewhere } from './method-options.js';

/** The parts that a variant's name has, in words: `objective`, `selection`, or `objective+selection[+selection]`. */
export interface VariantParts {
  readonly objective: ObjectiveDescriptor;
  readonly selections: readonly SelectionDescriptor[];
  /** Whether the name says the objective, or leaves it to the selection. */
  readonly namesObjective: boolean;
}

/** A method by name: an objective (how a batch becomes gradients) × selections (which of them reach the weights). */
export interface Variant {
  readonly objective: Objective;
  readonly selection: Selection;
  /** Replaces the model's dropout rates. */
  readonly dropoutRate?: number;
  /** Cost of a step by theory as a multiple of `vanilla`'s: what is expected of the bench, and of runs not timed yet. */
  readonly cost: number;
  /** Refuses a model that one of its parts cannot work on. @throws InputError */
  checkModel(model: ModelSizes): void;
  /** What of the settings its results depend on, for hashes. */
  readonly settings: { readonly objective?: object; readonly selection?: object };
}

const refusal = (message: string, hint: string) => new InputError(message, { option: 'variants', hint });

/**
 * Reads a variant's name.
 * @throws InputError for a name that is not known, with the nearest that is, and for parts that do not go together
 */
export function parseVariant(name: string, { objectives, selections }: Methods): VariantParts {
  const parts = name.split('+');
  const known = [...objectives.keys(), ...selections.keys()];
  for (const part of parts) {
    if (objectives.has(part) || selections.has(part)) continue;
    const nearest = nearestName(part, known);
    throw refusal(
      `There is no method '${part}'${parts.length > 1 ? `, as in '${name}'` : ''}.`,
      nearest ? `Did you mean '${nearest}'?` : `Known: ${known.join(', ')}.`,
    );
  }
  const twice = parts.find((part, i) => parts.indexOf(part) !== i);
  if (twice !== undefined) throw refusal(`'${name}' names '${twice}' twice.`, 'Name it once.');
  const named = parts.flatMap((part) => objectives.get(part) ?? []);
  const chosen = parts.flatMap((part) => selections.get(part) ?? []);
  if (named.length > 1) {
    throw refusal(
      `'${name}' has ${named.length} objectives; a batch can become a loss in one way only.`,
      `An objective goes with any selections: ${[...selections.keys()].join(', ')}.`,
    );
  }
  if (named.length === 1 && !objectives.has(parts[0] ?? '')) {
    const ordered = [...named, ...chosen].map((part) => part.name).join('+');
    throw refusal(`There is no variant '${name}'.`, `The objective comes first: '${ordered}'.`);
  }
  const objective = named[0] ?? objectives.get(impliedObjective(chosen));
  if (!objective) throw new Error(`'${name}' was published with an objective that is not there.`);
  return { objective, selections: chosen, namesObjective: named.length === 1 };
}

/** Of several selections those decide that need an objective of their own; without any it is plain fine-tuning. */
function impliedObjective(selections: readonly SelectionDescriptor[]): string {
  const [particular] = selections.filter(({ objective }) => objective !== PLAIN);
  return particular?.objective ?? PLAIN;
}

const PLAIN = 'vanilla';

/** @throws InputError for an unknown name, for settings out of range, and for parts that contradict each other */
export function findVariant(name: string, experiment: Experiment, methods: Methods): Variant {
  const { objective, selections } = parseVariant(name, methods);
  const own = (method: ObjectiveDescriptor | SelectionDescriptor): MethodOptions =>
    optionsOf(method, experiment, decidedElsewhere(method, selections));
  const settled = selections.map((selection) => ({ selection, options: own(selection) }));
  const rate = dropoutRateOf(name, objective, settled);
  const ofObjective = own(objective);
  return {
    checkModel(model) {
      for (const { selection, options } of settled) {
        inSection(selection, () => selection.checkModel?.(options.given, model));
      }
      const compares = [objective, ...selections].find(({ needsDropout }) => needsDropout);
      if (compares && rate === undefined && model.dropoutRate === 0) {
        throw new InputError(`'${compares.name}' compares two dropout passes, and the model has no dropout.`, {
          option: 'models',
          hint: 'Choose another model or method.',
        });
      }
    },
    objective: inSection(objective, () => objective.create(ofObjective.given)),
    selection: renamingOptions({ selections: 'variants' }, () =>
      composeSelections(settled.map(({ selection, options }) => created(selection, options))),
    ),
    ...(rate !== undefined && { dropoutRate: rate }),
    cost: settled.reduce(
      (sum, { selection, options }) => sum + (selection.cost?.(options.given) ?? 0),
      objective.cost(ofObjective.given),
    ),
    settings: {
      ...(objective.section !== undefined && { objective: ofObjective.hashed }),
      ...(settled.length === 1 && { selection: settled[0]?.options.hashed ?? {} }),
      ...(settled.length > 1 && {
        selection: Object.fromEntries(settled.map(({ selection, options }) => [selection.name, options.hashed])),
      }),
    },
  };
}

/** A selection, whose errors speak of its settings as the experiment does, also while it prepares. */
function created(descriptor: SelectionDescriptor, { given }: MethodOptions): Selection {
  const selection = inSection(descriptor, () => descriptor.create(given));
  const { prepare } = selection;
  return prepare ? { ...selection, prepare: (preview) => inSection(descriptor, () => prepare(preview)) } : selection;
}

/** Gives a method's options the names that they have in an experiment. */
const inSection = <T>({ section = '', settings }: ObjectiveDescriptor | SelectionDescriptor, use: () => T): T =>
  renamingOptions(namesBelow(section, settings), use);

interface Settled {
  readonly selection: SelectionDescriptor;
  readonly options: MethodOptions;
}

/** The rate that replaces the model's own: that of a selection which compares dropout passes, else of any other. */
function dropoutRateOf(name: string, objective: ObjectiveDescriptor, settled: readonly Settled[]): number | undefined {
  const rates = settled.flatMap(({ selection, options }) => {
    const rate = selection.dropoutRate?.(options.given);
    return rate === undefined ? [] : [{ rate, selection }];
  });
  const needing = rates.filter(({ selection }) => selection.needsDropout);
  const deciding = needing.length > 0 ? needing : rates;
  const [first, other] = [deciding[0], deciding.find(({ rate }) => rate !== deciding[0]?.rate)];
  const settingOf = ({ selection }: (typeof rates)[number]) =>
    `${selection.section ?? ''}.${selection.dropoutSetting ?? ''}`;
  if (first && other) {
    throw new InputError(`'${name}' has two dropout rates: ${first.rate} and ${other.rate}.`, {
      option: settingOf(other),
      hint: `Give ${settingOf(first)} and ${settingOf(other)} the same value.`,
    });
  }
  if (first?.rate === 0 && (objective.needsDropout === true || first.selection.needsDropout === true)) {
    throw new InputError(`'${name}' compares two dropout passes and has a dropout rate of 0.`, {
      option: settingOf(first),
      hint: 'Give a rate above 0, such as 0.1.',
    });
  }
  return first?.rate;
}
