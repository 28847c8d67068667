import type { Resource } from './resource.js';

/** Counts grammatical errors, as LanguageTool does; supplied by the caller. */
export interface GrammarChecker extends Resource {
  /** Errors found in each text, in order. */
  errors(texts: readonly string[]): Promise<readonly number[]>;
}
