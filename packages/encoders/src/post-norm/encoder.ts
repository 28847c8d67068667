import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { linear } from '../layers/linear.js';
import { Weights } from '../layers/weights.js';
import type { Encoder } from '../model/encoder.js';
import type { ForwardOptions } from '../model/text-classifier.js';
import type { PostNormArchitecture } from './architecture.js';
import type { PostNormConfig } from './config.js';
import { embeddings } from './embeddings.js';
import { feedForward } from './feed-forward.js';
import { type Pass, startPass } from './pass.js';
import { relativeBias, relativeBuckets } from './relative-bias.js';
import { selfAttention } from './self-attention.js';

export interface PostNormParts {
  readonly architecture: PostNormArchitecture;
  readonly config: PostNormConfig;
  readonly variables: ReadonlyMap<string, tf.Variable>;
}

/**
 * Embeddings and layers of BERT's kind: each sub-layer is followed by dropout, the residual and a layer norm (Devlin et al. 2019).
 * Dropout masks are asked for in the order of Hugging Face's implementation: embeddings, then in each layer attention
 * probabilities, attention output, feed-forward output.
 */
export function postNormEncoder({ architecture, config, variables }: PostNormParts): Encoder {
  const weights = new Weights(variables, architecture.prefix);
  const { relativeBias: tableName } = architecture;
  const buckets = tableName === undefined ? undefined : relativeBuckets(config.positions);

  function start(batch: BatchTensors, options: ForwardOptions): Pass {
    const table = tableName === undefined ? undefined : (weights.get(`${tableName}.weight`) as unknown as tf.Tensor2D);
    return startPass({
      ...{ architecture, config, batch, options },
      ...(table && buckets && { relative: relativeBias(table, buckets, batch.length) }),
    });
  }

  function embedded(batch: BatchTensors, pass: Pass, { perturb }: ForwardOptions): tf.Tensor2D {
    const dropped = pass.hiddenDropout.apply(embeddings(batch, weights.at('embeddings'), config, perturb));
    return config.embeddingWidth === config.width ? dropped : linear(dropped, weights.at('embeddings_project'));
  }

  const layer = (index: number) => weights.at(architecture.layers, index);

  /** The first `count` layers in sequence. */
  function layers(states: tf.Tensor2D, pass: Pass, count: number): tf.Tensor2D {
    let hidden = states;
    for (let i = 0; i < count; i++) hidden = feedForward(selfAttention(hidden, layer(i), pass), layer(i), pass);
    return hidden;
  }

  return {
    hiddenStates(batch, options = {}) {
      const pass = start(batch, options);
      return layers(embedded(batch, pass, options), pass, config.layers);
    },
    /**
     * In the last layer the other tokens are only keys and values. This saves five sixths of its matrix products, forward and
     * backward.
     */
    firstStates(batch, options = {}) {
      const pass = start(batch, options);
      const { rows, length } = batch;
      const { width } = config;
      const hidden = layers(embedded(batch, pass, options), pass, config.layers - 1);
      const tokens: tf.Tensor3D = tf.reshape(hidden, [rows, length, width]);
      const first: tf.Tensor2D = tf.reshape(tf.slice(tokens, [0, 0, 0], [rows, 1, width]), [rows, width]);
      const last = layer(config.layers - 1);
      return feedForward(selfAttention(hidden, last, pass, first), last, pass);
    },
    constants: buckets ? [buckets] : [],
  };
}
