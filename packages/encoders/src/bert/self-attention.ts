import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../layers/attention.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import type { BertPass } from './pass.js';

/**
 * Self-attention, projection, dropout, residual and post-layer-norm: x [B·T, width] → [B·Q, width].
 * @param asking the tokens of x whose new states are wanted, [B·Q, width]; all by default
 */
export function selfAttention(x: tf.Tensor2D, weights: Weights, pass: BertPass, asking = x): tf.Tensor2D {
  const self = weights.at('self');
  const output = weights.at('output');
  const context = attention({
    query: linear(asking, self.at('query')),
    key: linear(x, self.at('key')),
    value: linear(x, self.at('value')),
    bias: pass.bias,
    heads: pass.config.heads,
    dropout: pass.attentionDropout,
  });
  const projected = pass.hiddenDropout.apply(linear(context, output.at('dense')));
  return layerNorm(tf.add(projected, asking), output.at('LayerNorm'), pass.config.layerNormEpsilon);
}
