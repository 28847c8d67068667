import type { Exclusion } from './exclusions.js';
import type { SpecResult } from './run-suites.js';

/** How many specs were excluded for a reason, and how many of them pass all the same. */
export interface Excluded {
  readonly reason: string;
  readonly specs: number;
  readonly passing: number;
}

export interface Verdict {
  readonly passed: number;
  /** Not excluded, and failed. */
  readonly failed: readonly SpecResult[];
  /** Excluded, or switched off by their authors. */
  readonly skipped: number;
  readonly excluded: readonly Excluded[];
  /** Patterns of the list that no failing spec matches: they are to be taken out. */
  readonly stale: readonly RegExp[];
}

/** Holds the results against the list. What is excluded counts neither as passed nor as failed, whatever it did. */
export function judge(results: readonly SpecResult[], exclusions: readonly Exclusion[]): Verdict {
  const reasonOf = new Map(
    results.map((result) => [result, exclusions.find(({ specs }) => matchesAny(specs, result))]),
  );
  const counted = results.filter((result) => reasonOf.get(result) === undefined && result.status !== 'pending');
  const failed = counted.filter(({ status }) => status === 'failed');
  return {
    passed: counted.length - failed.length,
    failed,
    skipped: results.length - counted.length,
    excluded: exclusions.map((exclusion) => {
      const specs = results.filter((result) => reasonOf.get(result) === exclusion);
      const passing = specs.filter(({ status }) => status === 'passed');
      return { reason: exclusion.reason, specs: specs.length, passing: passing.length };
    }),
    stale: exclusions.flatMap(({ specs }) =>
      specs.filter((pattern) => !results.some((result) => result.status === 'failed' && matchesAny([pattern], result))),
    ),
  };
}

function matchesAny(patterns: readonly RegExp[], { file, name }: SpecResult): boolean {
  return patterns.some((pattern) => pattern.test(`${file}: ${name}`));
}
