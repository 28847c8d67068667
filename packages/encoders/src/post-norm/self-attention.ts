import * as tf from '@tensorflow/tfjs-core';
import { attention } from '../layers/attention.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import type { Weights } from '../layers/weights.js';
import type { Pass } from './pass.js';

/**
 * Self-attention, projection, dropout, residual and post-layer-norm: x [B·T, width] → [B·Q, width].
 * @param weights those of the layer
 * @param asking the tokens of x whose new states are wanted, the first Q of each row, [B·Q, width]; all by default
 */
export function selfAttention(x: tf.Tensor2D, weights: Weights, pass: Pass, asking = x): tf.Tensor2D {
  const { modules, dropsAttentionOutput = true } = pass.architecture;
  const { relative } = pass;
  const { scoreProducts: products } = pass.config;
  const context = attention({
    query: linear(asking, weights.at(modules.query)),
    key: linear(x, weights.at(modules.key)),
    value: linear(x, weights.at(modules.value)),
    bias: pass.bias,
    heads: pass.config.heads,
    ...(relative && { relative: (heads) => relative(heads, weights) }),
    ...(products !== undefined && { products }),
    dropout: pass.attentionDropout,
  });
  const projected = linear(context, weights.at(modules['attention-output']));
  const dropped = dropsAttentionOutput ? pass.hiddenDropout.apply(projected) : projected;
  return layerNorm(tf.add(dropped, asking), weights.at(modules['attention-norm']), pass.config.layerNormEpsilon);
}
