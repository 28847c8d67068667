import { recycle } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import type { CeilingTask, Repeat } from './protocol.js';

/** Products in a repeat: one takes some 13 ms, so few that whatever else runs for a moment makes it another figure. */
const productsInARow = 16;

/** One big matrix product and nothing else: the rate that this machine's ONNX Runtime reaches at best. Timed is the mean of several. */
export async function ceilingTask({ rows, inner, columns }: CeilingTask): Promise<Repeat> {
  const stream = RandomStream.of('bench', 'ceiling');
  const random = (...shape: [number, number]) =>
    tf.tensor2d(
      Float32Array.from({ length: shape[0] * shape[1] }, () => stream.uint32() / 0x8000_0000 - 1),
      shape,
    );
  const [a, b] = [random(rows, inner), random(inner, columns)];
  return async () => {
    const start = performance.now();
    for (let i = 0; i < productsInARow; i++) {
      const product = tf.matMul(a, b);
      await product.data();
      // Its array is written to again, as those of a training step are: no time goes into new memory.
      recycle([product]);
    }
    return { ms: (performance.now() - start) / productsInARow };
  };
}
