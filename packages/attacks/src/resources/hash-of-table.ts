import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a table of this project, as plain data. */
export const hashOfTable = (table: unknown): string => createHash('sha256').update(JSON.stringify(table)).digest('hex');
