import * as tf from '@tensorflow/tfjs-core';
import { activations } from '../layers/activations.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import type { Pass } from './pass.js';

/**
 * Two linear layers with an activation between, dropout, residual and post-layer-norm: x [n, width] → [n, width].
 * @param weights those of the layer
 */
export function feedForward(x: tf.Tensor2D, weights: Weights, pass: Pass): tf.Tensor2D {
  const { modules } = pass.architecture;
  const inner = activations[pass.config.activation](linear(x, weights.at(modules.intermediate)));
  const projected = pass.hiddenDropout.apply(linear(inner, weights.at(modules['feed-forward-output'])));
  return layerNorm(tf.add(projected, x), weights.at(modules['feed-forward-norm']), pass.config.layerNormEpsilon);
}
