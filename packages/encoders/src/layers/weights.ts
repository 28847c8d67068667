import type * as tf from '@tensorflow/tfjs-core';

/** The parameters whose names start with one prefix: the part of a model that a layer works with. */
export class Weights {
  constructor(
    private readonly parameters: ReadonlyMap<string, tf.Variable>,
    private readonly prefix: string,
  ) {}

  /** @example weights.at('encoder.layer', 0).at('attention.self.query') */
  at(...path: readonly (string | number)[]): Weights {
    return new Weights(this.parameters, [this.prefix, ...path].join('.'));
  }

  /** For parameters that only some models have, such as a bias. */
  find(name: string): tf.Variable | undefined {
    return this.parameters.get(`${this.prefix}.${name}`);
  }

  /** @throws Error when the model has no such parameter. That is a bug: files are checked when they are loaded. */
  get(name: string): tf.Variable {
    const parameter = this.find(name);
    if (!parameter) throw new Error(`No parameter is called ${this.prefix}.${name}.`);
    return parameter;
  }
}
