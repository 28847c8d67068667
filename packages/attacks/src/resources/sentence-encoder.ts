import type { Resource } from './resource.js';

/** Sentences to vectors; supplied by the caller, for this package knows no tensors. */
export interface SentenceEncoder extends Partial<Omit<Resource, 'name'>> {
  readonly name: string;
  /** One unit vector a text, all of the same dimension, in order. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
}
