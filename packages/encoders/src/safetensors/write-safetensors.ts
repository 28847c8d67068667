import { open } from 'node:fs/promises';
import { writeAtomically } from '@rose/foundation';

export interface WritableTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

function encodeHeader(
  tensors: ReadonlyMap<string, WritableTensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let begin = 0;
  for (const [name, { shape, data }] of tensors) {
    const end = begin + data.byteLength;
    header.push([name, { dtype: 'F32', shape, data_offsets: [begin, end] }]);
    begin = end;
  }
  // From entries, since a tensor may be called `__proto__`.
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Padded with spaces, so that the data is aligned for readers that map the file into memory.
  const padded = new Uint8Array(8 + 8 * Math.ceil(json.length / 8)).fill(0x20);
  padded.set(json, 8);
  new DataView(padded.buffer).setBigUint64(0, BigInt(padded.length - 8), true);
  return padded;
}

/**
 * Writes tensors as F32, in the order of the map. A reader never sees a half-written file.
 * @param metadata `{ format: 'pt' }` by default, which Python's transformers requires
 */
export async function writeSafetensors(
  path: string,
  tensors: ReadonlyMap<string, WritableTensor>,
  metadata: Readonly<Record<string, string>> = { format: 'pt' },
): Promise<void> {
  await writeAtomically(path, async (temporary) => {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(encodeHeader(tensors, metadata));
      for (const { data } of tensors.values()) {
        await file.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      }
    } finally {
      await file.close();
    }
  });
}
