import { InputError } from '@rose/foundation';
import type * as tf from '@tensorflow/tfjs-core';
import { adamW } from './adamw.js';
import { productOfMasks } from './masks.js';
import type { Selection, StepObservation } from './selection.js';
import type { TrainingPreview } from './training-preview.js';
import type { UpdateRule } from './update-rule.js';

/**
 * Several selections as one. They act where each of them acts alone: a substitute stands in for its weights, gates
 * multiply on the gradient, masks multiply on the update, and what one of them freezes the others do not see. So a
 * selection that lets everything through changes nothing about the others. None at all lets every update reach its weight.
 *
 * @throws InputError where two of them move the weights by different rules, or both put other weights in a weight's place
 */
export function composeSelections(selections: readonly Selection[]): Selection {
  const [only, ...others] = selections;
  if (only === undefined) return { name: 'all', rule: adamW };
  if (others.length === 0) return only;
  const substituting = selections.filter(({ substitute }) => substitute);
  if (substituting.length > 1) {
    throw disagreement(substituting, 'put other weights in the place of the same weights');
  }
  const [substitute] = substituting;
  // Freezing first: what stays as it is, the others neither rank nor prepare for.
  const order = [...selections].sort((a, b) => Number(b.trains !== undefined) - Number(a.trains !== undefined));
  const active = (warmingUp: boolean) => selections.filter((part) => !warmingUp || part.duringWarmup === true);
  return {
    name: selections.map(({ name }) => name).join('+'),
    rule: ruleOf(selections),
    duringWarmup: selections.some(({ duringWarmup }) => duringWarmup === true),
    async prepare(preview) {
      let trained = [...preview.shapes.keys()];
      for (const part of order) {
        await part.prepare?.(restricted(preview, trained));
        trained = trained.filter((name) => part.trains?.(name) ?? true);
      }
    },
    trains: (name) => selections.every((part) => part.trains?.(name) ?? true),
    ...(substitute?.substitute && {
      substitute: (step, weights) => substitute.substitute?.(step, weights) ?? new Map(),
    }),
    measure(context, step) {
      const measured = new Map<string, tf.Tensor>();
      for (const part of active(step.warmingUp)) {
        for (const [name, tensor] of part.measure?.(context, step) ?? []) measured.set(keyOf(part, name), tensor);
      }
      return measured;
    },
    gate(observation) {
      const gates = active(observation.warmingUp).flatMap((part) => part.gate?.(observation) ?? []);
      return {
        masks: productOfMasks(gates.map(({ masks }) => masks)),
        scale: gates.reduce((product, { scale }) => product * scale, 1),
      };
    },
    select: (observation) =>
      productOfMasks(
        active(observation.warmingUp).map((part) => part.select?.(ownMeasurements(observation, part)) ?? new Map()),
      ),
  };
}

/** The rule of those that have one of their own; plain AdamW fits every other, whose masks it never sees. */
function ruleOf(selections: readonly Selection[]): UpdateRule {
  const particular = selections.filter(({ rule }) => rule !== adamW);
  const [first] = particular;
  if (first && particular.some(({ rule }) => rule !== first.rule)) {
    throw disagreement(particular, 'move the weights by different rules');
  }
  return first?.rule ?? adamW;
}

function disagreement(selections: readonly Selection[], what: string): InputError {
  const names = selections.map(({ name }) => `'${name}'`).join(' and ');
  return new InputError(`${names} cannot be combined: they ${what}.`, {
    option: 'selections',
    hint: 'Choose one of them.',
  });
}

/** The part of a preview that concerns parameters which are trained. */
function restricted(preview: TrainingPreview, names: readonly string[]): TrainingPreview {
  const kept = new Set(names);
  return { ...preview, shapes: new Map([...preview.shapes].filter(([name]) => kept.has(name))) };
}

/** Two parts may measure the same parameter. */
const keyOf = ({ name }: Selection, parameter: string): string => `${name}\n${parameter}`;

function ownMeasurements(observation: StepObservation, part: Selection): StepObservation {
  const prefix = keyOf(part, '');
  const own = [...observation.measured].filter(([key]) => key.startsWith(prefix));
  // A copy by `Object.create`, since the norms are computed when they are asked for.
  return Object.create(observation, {
    measured: { value: new Map(own.map(([key, values]) => [key.slice(prefix.length), values])) },
  }) as StepObservation;
}
