import { roleOf } from '@rose/encoders';
import { type Selection, type Substitute, adamW } from '@rose/fine-tuning';
import { InputError, RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';

export interface MixoutOptions {
  /** p, the probability that the pretrained weight stands in for the learnt one, in [0, 1). */
  readonly p: number;
  /**
   * What is drawn: for the inputs of a linear layer, one mask for all its outputs (`row`, the released code's way and
   * the default), or each weight for itself (`element`).
   */
  readonly mask?: 'row' | 'element';
}

interface Linear {
  readonly shape: readonly number[];
  /** W_pre: a head's own beginning, where no checkpoint held it. */
  readonly pretrained: Float32Array;
  /** W̃, as the last step had it. */
  readonly mixed: Float32Array;
  /** M of the last step; one row of it where all are the same. */
  last: Float32Array;
}

/**
 * Mixout (bloodwass/mixout): each step computes with
 *
 *     W̃ = [(1−M)·W_pre + M·W − p·W_pre] / (1−p),    M ~ Bernoulli(1−p),
 *
 * for the weights of all linear layers, and ∂L/∂W = ∂L/∂W̃ · M, without the 1/(1−p) that the released backward lacks too.
 * Predictions are made with W. One M a step: an objective of several passes mixes the same weights in each of them.
 * It takes dropout's place: train with a dropout rate of 0. Cost F + B; memory: two copies of those weights.
 */
export function mixout({ p, mask = 'row' }: MixoutOptions): Selection {
  if (!(p >= 0 && p < 1)) {
    throw new InputError(`p must lie in [0, 1), not ${p}.`, {
      where: 'mixout.p',
      hint: 'It is the probability of the pretrained weight; with 1 nothing would be learnt. Usual are 0.7 to 0.9.',
    });
  }
  let seed = 0;
  const layers = new Map<string, Linear>();
  return {
    name: 'mixout',
    rule: adamW,
    prepare(preview) {
      seed = preview.seed;
      layers.clear();
      for (const [name, shape] of preview.shapes) {
        if (roleOf(preview.roles, name).role !== 'weight') continue;
        const pretrained = preview.weights(name).slice();
        const mixed = new Float32Array(pretrained.length);
        // Full of ones: the first step has to work out all of W̃.
        const last = new Float32Array(mask === 'row' ? (shape[1] as number) : pretrained.length).fill(1);
        layers.set(name, { shape, pretrained, mixed, last });
      }
      if (layers.size > 0) return;
      throw new InputError('Mixout finds no linear layer in this model.', { hint: 'Choose another model or variant.' });
    },
    substitute(step, weights) {
      const stream = RandomStream.of(seed, 'mixout', step);
      const substitutes = new Map<string, Substitute>();
      for (const [name, layer] of layers) {
        const shape = mask === 'row' ? layer.shape.slice(1) : [...layer.shape];
        const m = Float32Array.from(stream.bernoulli(tf.util.sizeFromShape(shape), 1 - p));
        mix(layer, weights(name), { p, m });
        substitutes.set(name, { weights: layer.mixed, slope: tf.tensor(m, shape) });
      }
      return substitutes;
    },
    select: () => new Map(),
  };
}

/**
 * Writes W̃ where it is not that of the last step: where M is 1, or was. Elsewhere it does not depend on W.
 * @param m M, or one row of it, which holds for all rows
 */
function mix(layer: Linear, w: Float32Array, { p, m }: { p: number; m: Float32Array }): void {
  const { pretrained, mixed, last } = layer;
  const changed = eitherIsOne(m, last);
  for (let row = 0; row < mixed.length; row += m.length) {
    for (const column of changed) {
      const i = row + column;
      const chosen = (m[column] === 1 ? w[i] : pretrained[i]) as number;
      mixed[i] = (chosen - p * (pretrained[i] as number)) / (1 - p);
    }
  }
  layer.last = m;
}

/** The indices at which one of both arrays is 1. */
function eitherIsOne(a: Float32Array, b: Float32Array): Uint32Array {
  const found = new Uint32Array(a.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === 1 || b[i] === 1) found[count++] = i;
  return found.subarray(0, count);
}
