import { InputError } from '@rose/foundation';
import { faultOfJson } from '../files/check-json.js';
import { bitsOf } from './dtypes.js';

export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
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

/** The object, a tensor in it, and its shape. */
const DEEPEST = 3;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name from a file as messages show it: quoted, so that no control character reaches a terminal, and not endless. */
export const quoted = (name: string): string => JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);

export function brokenFile(path: string, problem: string, cause?: unknown): InputError {
  return new InputError(`Not a valid safetensors file: ${problem}.`, {
    where: path,
    hint: 'Fetch or save the file again; a download or a copy may have been cut short.',
    cause,
  });
}

/** Such a file may be whole, and newer than this reader. */
const unknownType = (path: string, name: string, dtype: unknown): InputError =>
  new InputError(`${quoted(name)} is stored as the unknown type ${quoted(String(dtype))}.`, {
    where: path,
    hint: 'Save the model as F32, F16 or BF16, for instance with `model.float().save_pretrained(folder)` in Python.',
  });

/** Bytes of a tensor, or undefined where they are no whole number that fits. */
function bytesOf(shape: readonly number[], bits: number): number | undefined {
  let elements = 1;
  for (const size of shape) {
    elements *= size;
    // Checked at each step, as Rust's reader does: a later 0 does not mend an overflow.
    if (!Number.isSafeInteger(elements)) return undefined;
  }
  const bytes = (elements / 8) * bits;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

function parseEntry(name: string, value: unknown, path: string): TensorEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  const bits = typeof dtype === 'string' ? bitsOf(dtype) : undefined;
  if (typeof dtype !== 'string' || bits === undefined) {
    throw unknownType(path, name, dtype);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) throw brokenFile(path, `${quoted(name)} has no proper shape`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw brokenFile(path, `${quoted(name)} has no proper offsets`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = bytesOf(shape, bits);
  if (bytes === undefined) throw brokenFile(path, `${quoted(name)} has a shape beyond all memory`);
  if (end - begin !== bytes) {
    const shown = shape.slice(0, 8).join(', ');
    throw brokenFile(
      path,
      `${quoted(name)} of shape [${shown}] takes ${bytes} bytes as ${dtype}, its offsets span ${end - begin}`,
    );
  }
  return { name, dtype, shape, begin, end };
}

function parseMetadata(metadata: unknown, path: string): Header['metadata'] {
  if (metadata == null) return {};
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw brokenFile(path, 'its "__metadata__" holds something else than texts');
  }
  return metadata as Record<string, string>;
}

function parseObject(json: string, path: string): Readonly<Record<string, unknown>> {
  const fault = faultOfJson(json, { deepest: DEEPEST });
  if (fault !== undefined) throw brokenFile(path, `its header cannot be trusted: ${fault}`);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw brokenFile(path, 'its header is not valid JSON', cause);
  }
  if (!isObject(value)) throw brokenFile(path, 'its header does not hold a JSON object');
  return value;
}

/**
 * Parses and checks a header: every tensor's size is that of its shape, and the tensors fill the data without hole or overlap.
 * @param dataBytes bytes of the file behind the header
 */
export function parseHeader(json: string, dataBytes: number, path: string): Header {
  // Entries, since a tensor may be called `__proto__`.
  const fields = Object.entries(parseObject(json, path));
  const metadata = parseMetadata(fields.find(([name]) => name === METADATA)?.[1], path);
  const entries = fields
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => parseEntry(name, value, path))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== filled) {
      throw brokenFile(
        path,
        `${quoted(name)} begins at byte ${begin} of the data, the one before it ends at ${filled}`,
      );
    }
    filled = end;
  }
  if (filled > dataBytes)
    throw brokenFile(path, `it is truncated: ${filled} bytes of data announced, ${dataBytes} there`);
  if (filled < dataBytes) throw brokenFile(path, `${dataBytes - filled} bytes at its end belong to no tensor`);
  return { metadata, entries };
}

const METADATA = '__metadata__';
