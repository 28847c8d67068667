import type { TokenBatch } from '@rose/encoders';
import { RandomStream } from '@rose/foundation';
import type { PointTask } from './protocol.js';

export interface RandomRows {
  readonly batch: TokenBatch;
  readonly labels: Int32Array;
}

/** A batch without padding, of random ids, and labels of two classes; others for every step. */
export function randomRows(
  { shape, batch, length }: Pick<PointTask, 'shape' | 'batch' | 'length'>,
  step: number,
): RandomRows {
  const stream = RandomStream.of('bench', 'rows', step);
  const size = batch * length;
  return {
    batch: {
      rows: batch,
      length,
      ids: Int32Array.from({ length: size }, () => stream.below(shape.vocab_size)),
      typeIds: new Int32Array(size),
      mask: new Float32Array(size).fill(1),
    },
    labels: Int32Array.from({ length: batch }, () => stream.below(2)),
  };
}
