import * as tf from '@tensorflow/tfjs-core';
import { InputError, RandomStream } from '@rose/foundation';
import type { ParameterRole } from './parameter-role.js';
import type { ParameterSpec } from './parameter-spec.js';
import { writeSafetensors } from '../safetensors/write-safetensors.js';

export interface ParameterSource {
  readonly specs: readonly ParameterSpec[];
  /** By the names of the specs. */
  readonly stored: ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;
  /** Where the stored tensors come from, for error messages. */
  readonly where: string;
  readonly seed: number;
  /** Stored tensors that are not used here. Other tensors without a spec are refused. */
  readonly ignored?: RegExp;
}

export interface Parameters {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  /** What each of them is for, by the same names. */
  readonly roles: ReadonlyMap<string, ParameterRole>;
  /** The names of those that were not stored. */
  readonly fresh: readonly string[];
}

/** The standard deviation of BERT's initialisation, and of Hugging Face's `initializer_range`. */
const INITIAL_DEVIATION = 0.02;

const sameShape = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, i) => size === b[i]);

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}

function initialValue({ shape, fresh }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (fresh === 'ones') return values.fill(1);
  if (fresh === undefined || fresh === 'zeros') return values;
  const stream = RandomStream.of(seed, fresh.normal);
  return values.map(() => INITIAL_DEVIATION * stream.normal());
}

function check({ specs, stored, where, ignored }: ParameterSource): void {
  const known = new Set(specs.map(({ name }) => name));
  const unknown = [...stored.keys()].filter((name) => !known.has(name) && !ignored?.test(name));
  const missing = specs.filter(({ name, fresh }) => !fresh && !stored.has(name)).map(({ name }) => name);
  if (unknown.length > 0 || missing.length > 0) {
    const problems = [
      missing.length > 0 && `lacks ${listed(missing)}`,
      unknown.length > 0 && `holds unknown ${listed(unknown)}`,
    ];
    throw new InputError(
      `The checkpoint does not fit its architecture: it ${problems.filter(Boolean).join('; it ')}.`,
      {
        where,
        hint: 'Check that config.json and the weights belong to the same model, and that model_type is right.',
      },
    );
  }
  const misshapen = specs.flatMap(({ name, shape, replaceable }) => {
    const found = stored.get(name)?.shape;
    return !found || replaceable || sameShape(found, shape)
      ? []
      : [`${name} is [${found.join(', ')}], wanted [${shape.join(', ')}]`];
  });
  if (misshapen.length > 0) {
    throw new InputError(`The checkpoint has tensors of other shapes than config.json says: ${listed(misshapen)}.`, {
      where,
      hint: 'Check that config.json and the weights belong to the same model.',
    });
  }
}

/**
 * Makes the variables of a model from stored tensors, in the order of the specs.
 * @throws InputError that lists the missing, unknown or misshapen tensors
 */
export function createParameters(source: ParameterSource): Parameters {
  check(source);
  const variables = new Map<string, tf.Variable>();
  const fresh: string[] = [];
  for (const spec of source.specs) {
    const found = source.stored.get(spec.name);
    const usable = found && sameShape(found.shape, spec.shape) ? found.data : undefined;
    if (!usable) fresh.push(spec.name);
    const values = usable ?? initialValue(spec, source.seed);
    variables.set(
      spec.name,
      tf.tidy(() => tf.variable(tf.tensor(values, [...spec.shape], 'float32'))),
    );
  }
  return { variables, roles: new Map(source.specs.map(({ name, role }) => [name, role])), fresh };
}

export async function saveParameters(path: string, variables: ReadonlyMap<string, tf.Variable>): Promise<void> {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [name, variable] of variables) {
    tensors.set(name, { shape: variable.shape, data: (await variable.data()) as Float32Array });
  }
  await writeSafetensors(path, tensors);
}
