import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { InputError } from '@rose/foundation';
import { CsvError, parse } from 'csv-parse';
import type { Row } from './row.js';

interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: Readonly<Record<string, string>>;
}

function unreadable(path: string, cause: unknown): InputError {
  const line = cause instanceof CsvError ? (cause as CsvError & { lines?: number }).lines : undefined;
  return new InputError(`This TSV file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
    where: line === undefined ? path : `${path}, line ${line.toString()}`,
    hint: 'Every line must have as many tab-separated cells as the header line.',
    cause,
  });
}

/**
 * The rows of a tab-separated file in GLUE's own dialect: a header line, no quoting (a `"` is a character of the text),
 * UTF-8 with or without a byte order mark. Streams; all cells are strings.
 *
 * @throws InputError with file and line, if a line has too few or too many cells or the file cannot be opened
 */
export async function* readTsv(path: string): AsyncGenerator<Row> {
  const parser = parse({ delimiter: '\t', quote: null, bom: true, columns: true, info: true });
  // The callback has nothing to do: an error of the file destroys the parser, whose iteration then throws it.
  pipeline(createReadStream(path), parser, () => undefined);
  let index = 0;
  try {
    for await (const { info, record } of parser as AsyncIterable<Parsed>) {
      yield { cells: record, index: index++, where: `${path}, line ${info.lines.toString()}` };
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}
