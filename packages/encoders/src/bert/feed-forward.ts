import * as tf from '@tensorflow/tfjs-core';
import { activations } from '../layers/activations.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import type { BertPass } from './pass.js';

/** Two linear layers with an activation between, dropout, residual and post-layer-norm: x [n, width] → [n, width]. */
export function feedForward(x: tf.Tensor2D, weights: Weights, pass: BertPass): tf.Tensor2D {
  const output = weights.at('output');
  const inner = activations[pass.config.activation](linear(x, weights.at('intermediate.dense')));
  const projected = pass.hiddenDropout.apply(linear(inner, output.at('dense')));
  return layerNorm(tf.add(projected, x), output.at('LayerNorm'), pass.config.layerNormEpsilon);
}
