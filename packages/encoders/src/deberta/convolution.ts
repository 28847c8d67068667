import * as tf from '@tensorflow/tfjs-core';
import { type ActivationName, activations } from '../layers/activations.js';
import { layerNorm } from '../layers/layer-norm.js';
import type { Weights } from '../layers/weights.js';
import { affineSpecs, normSpecs } from '../model/parameter-spec.js';
import type { AfterFirst } from '../post-norm/after-first.js';

export interface Convolution {
  /** How many tokens it sees at once, an odd number. */
  readonly kernel: number;
  readonly activation: ActivationName;
}

const NAME = 'encoder.conv';

/**
 * DeBERTa-v2's convolution over the embeddings of neighbouring tokens, added to the first layer's states: local context that word
 * pieces lack (He et al. 2021, the notes on v2).
 */
export const convolution = ({ kernel, activation }: Convolution): AfterFirst => ({
  specs(prefix, { width }) {
    const module = (kind: 'convolution' | 'convolution-norm', label: string) =>
      ({ kind, block: 'convolution', label }) as const;
    const [weight, bias] = affineSpecs(`${prefix}.${NAME}.conv`, module('convolution', 'conv'), [width, width]);
    return [
      { ...weight, shape: [width, width, kernel] },
      bias,
      ...normSpecs(`${prefix}.${NAME}.LayerNorm`, module('convolution-norm', 'LayerNorm'), width),
    ];
  },
  apply({ embedded, states, mask, hiddenDropout }, weights, { layerNormEpsilon }) {
    const at = weights.at(NAME);
    const convolved = convolve(embedded, mask, at.at('conv'));
    const active = activations[activation](hiddenDropout.apply(convolved));
    return layerNorm(tf.add(states, active), at.at('LayerNorm'), layerNormEpsilon);
  },
});

/** Σ over the kernel's places of x(t + place)·W(place)ᵀ + b: x [B·T, width] → [B·T, width]. Padding counts as 0. */
function convolve(x: tf.Tensor2D, mask: tf.Tensor2D, weights: Weights): tf.Tensor2D {
  const [rows, length] = mask.shape;
  const [weight, bias] = [weights.get('weight'), weights.get('bias')] as unknown as [tf.Tensor3D, tf.Tensor1D];
  const [outputs, inputs, kernel] = weight.shape;
  const reach = (kernel - 1) / 2;
  const real: tf.Tensor3D = tf.mul(tf.reshape(x, [rows, length, inputs]), tf.reshape(mask, [rows, length, 1]));
  const padded = tf.pad(real, [
    [0, 0],
    [reach, reach],
    [0, 0],
  ]);
  const places = Array.from({ length: kernel }, (_, i) => tf.slice(padded, [0, i, 0], [rows, length, inputs]));
  const windows: tf.Tensor2D = tf.reshape(tf.concat(places, 2), [rows * length, kernel * inputs]);
  // PyTorch stores [outputs, inputs, places]; the windows are place by place.
  const matrix: tf.Tensor2D = tf.reshape(tf.transpose(weight, [0, 2, 1]), [outputs, kernel * inputs]);
  return tf.add(tf.matMul(windows, matrix, false, true), bias);
}
