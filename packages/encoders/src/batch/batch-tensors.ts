import * as tf from '@tensorflow/tfjs-core';
import type { TokenBatch } from './token-batch.js';

/** A batch as tensors of shape [rows, length]. The caller disposes of them with `disposeBatch`. */
export interface BatchTensors {
  readonly rows: number;
  readonly length: number;
  /** int32 */
  readonly ids: tf.Tensor2D;
  /** int32 */
  readonly typeIds: tf.Tensor2D;
  /** float32, 1 for a real token, 0 for padding */
  readonly mask: tf.Tensor2D;
}

function repeated<T extends Int32Array | Float32Array>(values: T, repeats: number): T {
  const all = new (values.constructor as new (length: number) => T)(values.length * repeats);
  for (let i = 0; i < repeats; i++) all.set(values, i * values.length);
  return all;
}

/** @param repeats how many copies of the rows to stack: 2 for two dropout passes at once, shape [2·rows, length] */
export function toTensors(batch: TokenBatch, repeats = 1): BatchTensors {
  const rows = batch.rows * repeats;
  const shape: [number, number] = [rows, batch.length];
  return {
    rows,
    length: batch.length,
    ids: tf.tensor2d(repeated(batch.ids, repeats), shape, 'int32'),
    typeIds: tf.tensor2d(repeated(batch.typeIds, repeats), shape, 'int32'),
    mask: tf.tensor2d(repeated(batch.mask, repeats), shape, 'float32'),
  };
}

export function disposeBatch(batch: BatchTensors): void {
  tf.dispose([batch.ids, batch.typeIds, batch.mask]);
}
