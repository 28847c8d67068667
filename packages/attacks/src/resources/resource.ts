import { sha256 } from '@rose/foundation';

/** Whatever an attack draws on. Another version or hash is another attack; both stand in the results. */
export interface Resource {
  /** Lower-case, without blanks: it becomes part of the attack's name. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 (hex) of the files it was read from. */
  readonly hash: string;
  /** What a reader must know to compare its results with others. */
  readonly notes?: readonly string[];
}

/** SHA-256 (hex) of a table of this project, as plain data. */
export const hashOfTable = (table: unknown): string => sha256(JSON.stringify(table));
