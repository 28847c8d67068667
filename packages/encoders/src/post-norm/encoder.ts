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
  const relative = architecture.relative?.create(weights, config);
  const { afterFirst } = architecture;

  const start = (batch: BatchTensors, options: ForwardOptions): Pass =>
    startPass({ architecture, config, relative, batch, options });

  function embedded(batch: BatchTensors, pass: Pass, { perturb }: ForwardOptions): tf.Tensor2D {
    const dropped = pass.hiddenDropout.apply(embeddings(batch, weights.at('embeddings'), config, perturb));
    return config.embeddingWidth === config.width ? dropped : linear(dropped, weights.at('embeddings_project'));
  }

  const layer = (index: number) => weights.at(architecture.layers, index);

  /** The states after the first `count` layers. */
  function statesAfter(count: number, batch: BatchTensors, pass: Pass, options: ForwardOptions): tf.Tensor2D {
    const first = embedded(batch, pass, options);
    let hidden = first;
    for (let i = 0; i < count; i++) {
      hidden = feedForward(selfAttention(hidden, layer(i), pass), layer(i), pass);
      if (i > 0 || !afterFirst) continue;
      const { hiddenDropout } = pass;
      hidden = afterFirst.apply({ embedded: first, states: hidden, mask: batch.mask, hiddenDropout }, weights, config);
    }
    return hidden;
  }

  function firstOf(states: tf.Tensor2D, { rows, length }: BatchTensors): tf.Tensor2D {
    const { width } = config;
    const tokens: tf.Tensor3D = tf.reshape(states, [rows, length, width]);
    return tf.reshape(tf.slice(tokens, [0, 0, 0], [rows, 1, width]), [rows, width]);
  }

  return {
    hiddenStates: (batch, options = {}) => statesAfter(config.layers, batch, start(batch, options), options),
    /**
     * In the last layer the other tokens are only keys and values. This saves five sixths of its matrix products, forward and
     * backward.
     */
    firstStates(batch, options = {}) {
      const pass = start(batch, options);
      // What follows the first layer needs all of its states.
      if (afterFirst && config.layers === 1) return firstOf(statesAfter(1, batch, pass, options), batch);
      const hidden = statesAfter(config.layers - 1, batch, pass, options);
      const last = layer(config.layers - 1);
      return feedForward(selfAttention(hidden, last, pass, firstOf(hidden, batch)), last, pass);
    },
    constants: relative?.constants ?? [],
  };
}
