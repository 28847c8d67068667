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
