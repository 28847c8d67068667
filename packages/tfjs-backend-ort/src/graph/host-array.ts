import type { BackendValues, DataType } from '@tensorflow/tfjs-core';
import { OrtBackendError } from './errors.js';

/** Element types that a tensor of this backend can have. */
export type HostType = 'float32' | 'int32' | 'bool';

/** What holds the elements of a tensor on the host: one byte an element for `bool`, else four. */
export type HostArray = Float32Array | Int32Array | Uint8Array;

/** @throws OrtBackendError for a type that no tensor here can have: strings, complex numbers */
export function toHostType(dtype: DataType): HostType {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  throw new OrtBackendError(`This backend has no tensors of type ${dtype}.`, {
    hint: 'Use float32, int32 or bool, or another backend for this tensor.',
  });
}

const ARRAY_OF = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** The values as an array of the type. An array that has the type already is returned as it is, not copied. */
export function toHostArray(values: BackendValues | ArrayLike<number>, dtype: HostType): HostArray {
  const Wanted = ARRAY_OF[dtype];
  return values instanceof Wanted ? values : Wanted.from(values as ArrayLike<number>);
}

/** An array of zeros. */
export function emptyHostArray(length: number, dtype: HostType): HostArray {
  return new ARRAY_OF[dtype](length);
}
