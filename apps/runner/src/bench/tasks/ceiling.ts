import { RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import type { CeilingTask } from '../protocol.js';
import type { Repeat } from './repeat.js';

/** One big matrix product and nothing else: the rate that this machine's ONNX Runtime reaches at best. */
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
    const product = tf.matMul(a, b);
    await product.data();
    const ms = performance.now() - start;
    product.dispose();
    return { ms };
  };
}
