/** One row of a data file as its format gave it, not yet checked against a task. */
export interface Row {
  readonly cells: Readonly<Record<string, unknown>>;
  /** Position among the data rows of the file, from 0. */
  readonly index: number;
  /** The file and the row or line, as an error should name it. */
  readonly where: string;
}
