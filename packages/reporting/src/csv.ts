import { stringify } from 'csv-stringify/sync';

/** RFC 4180 fields, but lines end in \n alone; numbers in their shortest form that reads back to the same bits. */
export function csv(lines: readonly (readonly (string | number)[])[]): string {
  return stringify(
    lines.map((line) => line.map(String)),
    { record_delimiter: '\n', quoted_match: /[\r\n]/ },
  );
}
