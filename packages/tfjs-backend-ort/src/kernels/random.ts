import * as tf from '@tensorflow/tfjs-core';
import { cast, hostValue, integers, record, unsqueeze } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { toHostArray } from '../graph/host-array.js';
import { type Kernel, kernel } from '../backend/kernel.js';
import { compare } from './comparison.js';
import { countTrue } from './counting.js';
import { slice } from './slicing.js';

/** Draws from computed distributions. TensorFlow.js draws all others on the host. */
export const randomKernels: readonly Kernel[] = [
  kernel<tf.MultinomialInputs, tf.MultinomialAttrs>(tf.Multinomial, ({ logits }, { numSamples, seed, normalized }) => {
    const [rows = 0, events = 0] = logits.shape;
    const numbers = cast(logits, 'float32');
    const probabilities = normalized ? numbers : record('Softmax', [numbers], numbers);
    // The last event happens when no other does, so that rounding of the sum does not matter.
    const likely = slice(probabilities, { begin: [0, 0], shape: [rows, Math.max(0, events - 1)] });
    const bounds = record('CumSum', [likely, integers([1])], likely);
    // As in TensorFlow.js's own kernel, the rows draw the same numbers. [rows, samples, events - 1]
    return countTrue(compare('LessOrEqual', unsqueeze(bounds, 1), unsqueeze(uniform(numSamples, seed), 1)));
  }),
];

/** Numbers in [0, 1), those that TensorFlow.js draws for the seed. */
function uniform(count: number, seed: number): Value {
  const numbers = tf.tidy(() => tf.randomUniform([count], 0, 1, 'float32', seed).dataSync());
  return hostValue(toHostArray(numbers, 'float32'), { shape: [count], dtype: 'float32' });
}
