import * as tf from '@tensorflow/tfjs-core';
import { InputError, RandomStream } from '@rose/foundation';
import { fitParameters } from './fit-parameters.js';
import type { ParameterRole } from './parameter-role.js';
import type { ParameterSpec } from './parameter-spec.js';
import { firstNonFinite } from '../safetensors/find-non-finite.js';
import { writeSafetensors } from '../safetensors/write-safetensors.js';

export interface ParameterSource {
  readonly specs: readonly ParameterSpec[];
  /** By the names of the specs. Those that are absent, or of another shape where that is allowed, are drawn. */
  readonly stored: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: Float32Array; readonly path?: string }
  >;
  /** Where the stored tensors come from, for error messages. */
  readonly where: string;
  readonly seed: number;
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

function initialValue({ shape, fresh }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (fresh === 'ones') return values.fill(1);
  if (fresh === undefined || fresh === 'zeros') return values;
  const stream = RandomStream.of(seed, fresh.normal);
  return values.map(() => INITIAL_DEVIATION * stream.normal());
}

export const nonFiniteParameter = (name: string, value: number, where: string): InputError =>
  new InputError(`${name} is not finite: it holds ${value}.`, {
    where,
    hint: 'The training that wrote it has diverged, or the file is broken. Take an earlier checkpoint, or fetch the model again.',
  });

/**
 * Makes the variables of a model from stored tensors, in the order of the specs.
 * @throws InputError that lists the missing, unknown or misshapen tensors, or names one that is not finite
 */
export function createParameters({ specs, stored, where, seed }: ParameterSource): Parameters {
  const { found } = fitParameters({ specs, stored, where });
  for (const name of found.keys()) {
    const { data, path = where } = stored.get(name) ?? {};
    const value = data && firstNonFinite(data);
    if (value !== undefined) throw nonFiniteParameter(name, value, path);
  }
  const variables = new Map<string, tf.Variable>();
  for (const spec of specs) {
    const values = (found.has(spec.name) && stored.get(spec.name)?.data) || initialValue(spec, seed);
    variables.set(
      spec.name,
      tf.tidy(() => tf.variable(tf.tensor(values, [...spec.shape], 'float32'))),
    );
  }
  return {
    variables,
    roles: new Map(specs.map(({ name, role }) => [name, role])),
    fresh: specs.filter(({ name }) => !found.has(name)).map(({ name }) => name),
  };
}

export async function saveParameters(path: string, variables: ReadonlyMap<string, tf.Variable>): Promise<void> {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [name, variable] of variables) {
    tensors.set(name, { shape: variable.shape, data: (await variable.data()) as Float32Array });
  }
  await writeSafetensors(path, tensors);
}
