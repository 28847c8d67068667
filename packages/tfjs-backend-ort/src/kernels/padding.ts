import * as tf from '@tensorflow/tfjs-core';
import { integers, record, scalar } from '../graph/graph-builder.js';
import type { Value } from '../graph/graph-node.js';
import { type Kernel, kernel } from '../backend/kernel.js';

/** Elements added before and after a tensor's own, on every axis. */
export const paddingKernels: readonly Kernel[] = [
  kernel<tf.PadV2Inputs, tf.PadV2Attrs>(tf.PadV2, ({ x }, { paddings, constantValue }) =>
    pad(x, paddings, scalar(constantValue, x.dtype)),
  ),
  kernel<tf.MirrorPadInputs, tf.MirrorPadAttrs>(tf.MirrorPad, ({ x }, { paddings, mode }) => {
    const edgeTwice = mode === 'symmetric';
    return paddings.reduce((padded, [before, after], axis) => {
      if (before === 0 && after === 0) return padded;
      const places = mirrored({ size: x.shape[axis] ?? 0, before, after, edgeTwice });
      return take(padded, places, axis);
    }, x);
  }),
];

/** `paddings[axis]` are the numbers of copies of `filler` put in before and after. */
export function pad(x: Value, paddings: readonly (readonly number[])[], filler: Value): Value {
  const before = x.shape.map((_, axis) => paddings[axis]?.[0] ?? 0);
  const after = x.shape.map((_, axis) => paddings[axis]?.[1] ?? 0);
  const shape = x.shape.map((dimension, axis) => dimension + (before[axis] ?? 0) + (after[axis] ?? 0));
  return record('Pad', [x, integers([...before, ...after]), filler], { shape, dtype: x.dtype });
}

interface Mirror {
  readonly size: number;
  readonly before: number;
  readonly after: number;
  /** Whether the outermost element is repeated: the mirror stands beyond it, not on it. */
  readonly edgeTwice: boolean;
}

/** For each place along a padded axis, the one it shows: 2 1 | 0 1 2 | 1 0, or 1 0 | 0 1 2 | 2 1. */
function mirrored({ size, before, after, edgeTwice }: Mirror): number[] {
  const shift = edgeTwice ? 1 : 0;
  return Array.from({ length: before + size + after }, (_, index) => {
    const place = index - before;
    if (place < 0) return -place - shift;
    return place < size ? place : 2 * (size - 1) - place + shift;
  });
}

function take(x: Value, places: readonly number[], axis: number): Value {
  const shape = x.shape.with(axis, places.length);
  return record('Gather', [x, integers(places)], { shape, dtype: x.dtype, attributes: { axis } });
}
