import { InputError } from '@rose/foundation';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Row } from './row.js';

const unreadable = (path: string, cause: unknown) =>
  new InputError(`This parquet file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
    where: path,
    hint: 'It may be cut short, a Git LFS pointer, or something else; download it again.',
    cause,
  });

/** hyparquet throws errors of many kinds for damaged bytes, also RangeError and TypeError. All mean a bad file. */
async function reading<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw unreadable(path, error);
  }
}

/**
 * The rows of a parquet file, one row group in memory at a time. Every compression of parquet but LZO is read.
 * Integers of 64 bits come as bigint, nulls as null or undefined.
 *
 * @throws InputError with the file, if it is cut short, damaged, or no parquet file
 */
export async function* readParquet(path: string): AsyncGenerator<Row> {
  const file = await reading(path, () => asyncBufferFromFile(path));
  const metadata = await reading(path, () => parquetMetadataAsync(file));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await reading(path, () => parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors }));
    for (const [offset, cells] of rows.entries()) {
      const index = rowStart + offset;
      yield { cells, index, where: `${path}, row ${index.toString()} (the first is 0)` };
    }
    rowStart = rowEnd;
  }
}
