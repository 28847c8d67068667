import { open, type FileHandle } from 'node:fs/promises';
import { InputError } from '@rose/foundation';
import { isMissing } from '../files/files.js';
import { conversionHint, isReadable, isWhole } from './dtypes.js';
import { bfloat16ToFloat32, float16ToFloat32 } from './half-precision.js';
import { type Header, LARGEST_HEADER, type TensorEntry, brokenFile, parseHeader, quoted } from './header.js';

export interface StoredTensor {
  /** The type in the file. `data` is always float32. */
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  /** Floating-point tensors only. Integer tensors of a checkpoint are buffers (position ids), not parameters. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

export async function fill<T extends Uint8Array | Uint16Array | Float32Array>(
  file: FileHandle,
  target: T,
  position: number,
): Promise<T> {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new Error('The file became shorter while it was read.');
    done += bytesRead;
  }
  return target;
}

/** Weights can be computed with only as floats of 16 or 32 bits. */
export function unsupportedType({ name, dtype }: Pick<TensorEntry, 'name' | 'dtype'>, path: string): InputError {
  return new InputError(`${quoted(name)} is stored as ${dtype}, which is not supported.`, {
    where: path,
    hint: conversionHint(dtype),
  });
}

async function readFloats(file: FileHandle, entry: TensorEntry, dataStart: number, path: string) {
  const { dtype, begin, end } = entry;
  if (!isReadable(dtype)) throw unsupportedType(entry, path);
  const position = dataStart + begin;
  if (dtype === 'F32') return fill(file, new Float32Array((end - begin) / 4), position);
  const half = await fill(file, new Uint16Array((end - begin) / 2), position);
  return dtype === 'F16' ? float16ToFloat32(half) : bfloat16ToFloat32(half);
}

export interface OpenedHeader extends Header {
  /** Where the data begins in the file. */
  readonly dataStart: number;
}

/** The header of an open file. */
export async function headerOf(file: FileHandle, path: string): Promise<OpenedHeader> {
  const { size } = await file.stat();
  if (size < 8) throw brokenFile(path, `it is truncated: ${size} bytes hold no header`);
  const start = await fill(file, new Uint8Array(8), 0);
  const announced = new DataView(start.buffer).getBigUint64(0, true);
  if (String.fromCharCode(...start) === 'version ') throw lfsPointer(path);
  if (announced > LARGEST_HEADER) throw brokenFile(path, `its header would take ${announced} bytes`);
  const headerBytes = Number(announced);
  const dataStart = 8 + headerBytes;
  if (dataStart > size)
    throw brokenFile(path, `it is truncated: a header of ${headerBytes} bytes announced, ${size - 8} there`);
  const json = decoded(await fill(file, new Uint8Array(headerBytes), 8), path);
  return { ...parseHeader(json, size - dataStart, path), dataStart };
}

/** What a repository has in the place of a large file, until it is fetched. */
const lfsPointer = (path: string): InputError =>
  new InputError('The weights have not been fetched: this is their pointer, for git lfs pull.', {
    where: path,
    hint: 'Run `git lfs install` and `git lfs pull` in the folder of the model.',
  });

function decoded(bytes: Uint8Array, path: string): string {
  try {
    // A byte order mark stays, and is then no JSON: the format has none.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw brokenFile(path, 'its header is not UTF-8', cause);
  }
}

/** Opens a file for as long as it is used. @throws InputError where it is missing */
export async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new InputError('The weights file is not there.', {
      where: path,
      hint: 'A model folder needs model.safetensors, or its shards and model.safetensors.index.json.',
      cause: error,
    });
  }
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/**
 * What a safetensors file holds, without its data. Takes as long for 400 MB as for 4 KB.
 * @throws InputError when the file is missing, truncated or malformed
 */
export const readSafetensorsHeader = (path: string): Promise<Header> => withFile(path, (file) => headerOf(file, path));

export interface ReadOptions {
  /** The tensors to read, by name; all floating-point tensors by default. */
  readonly names?: ReadonlySet<string>;
}

/**
 * Reads the floating-point tensors (F32, F16, BF16) of a safetensors file as float32.
 * Format: https://huggingface.co/docs/safetensors. Little-endian machines only.
 * @throws InputError when the file is missing, truncated or malformed, and for a tensor of another floating-point type
 */
export function readSafetensors(path: string, { names }: ReadOptions = {}): Promise<Safetensors> {
  return withFile(path, async (file) => {
    const { metadata, entries, dataStart } = await headerOf(file, path);
    const tensors = new Map<string, StoredTensor>();
    for (const entry of entries) {
      if (names ? !names.has(entry.name) : isWhole(entry.dtype)) continue;
      const data = await readFloats(file, entry, dataStart, path);
      tensors.set(entry.name, { dtype: entry.dtype, shape: entry.shape, data });
    }
    return { metadata, tensors };
  });
}
