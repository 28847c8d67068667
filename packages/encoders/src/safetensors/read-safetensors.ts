import { open, type FileHandle } from 'node:fs/promises';
import { InputError } from '@rose/foundation';
import { isMissing } from '../files/files.js';
import { bfloat16ToFloat32, float16ToFloat32 } from './half-precision.js';
import { LARGEST_HEADER, brokenFile, parseHeader, type Dtype, type TensorEntry } from './header.js';

export interface StoredTensor {
  /** The type in the file. `data` is always float32. */
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  /** Floating-point tensors only. Integer tensors of a checkpoint are buffers (position ids), not parameters. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

async function fill<T extends Uint8Array | Uint16Array | Float32Array>(
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

async function readFloats(file: FileHandle, { dtype, begin, end, name }: TensorEntry, dataStart: number, path: string) {
  const position = dataStart + begin;
  switch (dtype) {
    case 'F32':
      return fill(file, new Float32Array((end - begin) / 4), position);
    case 'F16':
      return float16ToFloat32(await fill(file, new Uint16Array((end - begin) / 2), position));
    case 'BF16':
      return bfloat16ToFloat32(await fill(file, new Uint16Array((end - begin) / 2), position));
    case 'F64':
      throw new InputError(`"${name}" is stored as F64, which is not supported.`, {
        where: path,
        hint: 'Save the model as F32, F16 or BF16, for instance with `model.float().save_pretrained(folder)` in Python.',
      });
    default:
      return undefined;
  }
}

async function readOpened(file: FileHandle, path: string): Promise<Safetensors> {
  const { size } = await file.stat();
  if (size < 8) throw brokenFile(path, `it is truncated: ${size} bytes hold no header`);
  const announced = new DataView((await fill(file, new Uint8Array(8), 0)).buffer).getBigUint64(0, true);
  if (announced > LARGEST_HEADER) throw brokenFile(path, `its header would take ${announced} bytes`);
  const headerBytes = Number(announced);
  const dataStart = 8 + headerBytes;
  if (dataStart > size)
    throw brokenFile(path, `it is truncated: a header of ${headerBytes} bytes announced, ${size - 8} there`);
  const json = new TextDecoder().decode(await fill(file, new Uint8Array(headerBytes), 8));
  const { metadata, entries } = parseHeader(json, size - dataStart, path);

  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) {
    const data = await readFloats(file, entry, dataStart, path);
    if (data) tensors.set(entry.name, { dtype: entry.dtype, shape: entry.shape, data });
  }
  return { metadata, tensors };
}

/**
 * Reads the floating-point tensors (F32, F16, BF16) of a safetensors file as float32.
 * Format: https://huggingface.co/docs/safetensors. Little-endian machines only.
 * @throws InputError when the file is missing, truncated or malformed
 */
export async function readSafetensors(path: string): Promise<Safetensors> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new InputError('The weights file is not there.', {
      where: path,
      hint: 'A model folder needs one model.safetensors; convert pytorch_model.bin or sharded weights with `save_pretrained` in Python.',
      cause: error,
    });
  }
  try {
    return await readOpened(file, path);
  } finally {
    await file.close();
  }
}
