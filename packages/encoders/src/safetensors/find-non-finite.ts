import { bfloat16ToFloat32, float16ToFloat32 } from './half-precision.js';
import { fill, headerOf, withFile } from './read-safetensors.js';

/** Bytes that are looked at together: as little memory for a large model as for a small one. */
const CHUNK = 8 << 20;

export interface NonFinite {
  readonly name: string;
  /** NaN or an infinity. */
  readonly value: number;
}

/** The first of these tensors of a file (F32, F16, BF16) that holds NaN or an infinity. */
export function findNonFinite(path: string, names: ReadonlySet<string>): Promise<NonFinite | undefined> {
  return withFile(path, async (file) => {
    const { entries, dataStart } = await headerOf(file, path);
    const buffer = new ArrayBuffer(CHUNK);
    for (const { name, dtype, begin, end } of entries) {
      if (!names.has(name)) continue;
      for (let at = begin; at < end; at += CHUNK) {
        const bytes = new Uint8Array(buffer, 0, Math.min(CHUNK, end - at));
        await fill(file, bytes, dataStart + at);
        const value = firstIn(bytes, dtype);
        if (value !== undefined) return { name, value };
      }
    }
    return undefined;
  });
}

function firstIn({ buffer, byteLength }: Uint8Array<ArrayBuffer>, dtype: string): number | undefined {
  if (dtype === 'F32') return firstNonFinite(new Float32Array(buffer, 0, byteLength / 4));
  const half = new Uint16Array(buffer, 0, byteLength / 2);
  // All bits of the exponent are set.
  const exponent = dtype === 'F16' ? 0x7c00 : 0x7f80;
  const found = half.findIndex((bits) => (bits & exponent) === exponent);
  if (found < 0) return undefined;
  return (dtype === 'F16' ? float16ToFloat32 : bfloat16ToFloat32)(half.subarray(found, found + 1))[0];
}

/** The first value that is NaN or an infinity, if there is one. */
export function firstNonFinite(values: Float32Array): number | undefined {
  // x − x is 0 of every finite x, and NaN of the others: one pass without a branch.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) - (values[i] as number);
  return sum === 0 ? undefined : values.find((value) => !Number.isFinite(value));
}
