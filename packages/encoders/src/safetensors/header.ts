import { InputError } from '@rose/foundation';
import { JsonObject } from '../files/json-object.js';

/** Bytes of one element, by type. */
const bytesOf = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
};

export type Dtype = keyof typeof bytesOf;

export interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Byte range [begin, end) behind the header. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of the data. */
  readonly entries: readonly TensorEntry[];
}

/** The format's limit on the header's size. Without it a hostile file could ask for all memory. */
export const LARGEST_HEADER = 100_000_000;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function brokenFile(path: string, problem: string, cause?: unknown): InputError {
  return new InputError(`Not a valid safetensors file: ${problem}.`, {
    where: path,
    hint: 'Fetch or save the file again; a download or a copy may have been cut short.',
    cause,
  });
}

function parseEntry(name: string, value: unknown, path: string): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Record<string, unknown>;
  if (typeof dtype !== 'string' || !(dtype in bytesOf))
    throw brokenFile(path, `"${name}" has the unknown type ${String(dtype)}`);
  if (!Array.isArray(shape) || !shape.every(isCount)) throw brokenFile(path, `"${name}" has no proper shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw brokenFile(path, `"${name}" has no proper offsets`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product, size) => product * size, bytesOf[dtype as Dtype]);
  if (end - begin !== bytes) {
    throw brokenFile(
      path,
      `"${name}" of shape [${shape.join(', ')}] takes ${bytes} bytes as ${dtype}, its offsets span ${end - begin}`,
    );
  }
  return { name, dtype: dtype as Dtype, shape, begin, end };
}

/**
 * Parses and checks a header: every tensor's size is that of its shape, and the tensors fill the data without hole or overlap.
 * @param dataBytes bytes of the file behind the header
 */
export function parseHeader(json: string, dataBytes: number, path: string): Header {
  const { __metadata__: metadata = {}, ...tensors } = JsonObject.parse(json, path).fields;
  const entries = Object.entries(tensors)
    .map(([name, value]) => parseEntry(name, value, path))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== filled)
      throw brokenFile(path, `"${name}" begins at byte ${begin} of the data, the one before it ends at ${filled}`);
    filled = end;
  }
  if (filled > dataBytes)
    throw brokenFile(path, `it is truncated: ${filled} bytes of data announced, ${dataBytes} there`);
  if (filled < dataBytes) throw brokenFile(path, `${dataBytes - filled} bytes at its end belong to no tensor`);
  return { metadata: metadata as Record<string, string>, entries };
}
