import { sha256 } from '@rose/foundation';

/** SHA-256 (hex) of a table of this project, as plain data. */
export const hashOfTable = (table: unknown): string => sha256(JSON.stringify(table));
