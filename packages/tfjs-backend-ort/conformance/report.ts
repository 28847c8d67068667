import type { SpecResult } from './run-suites.js';
import type { Verdict } from './verdict.js';

const SLOWEST_SHOWN = 5;

/** The verdict in words; the last line is `N passed, N failed, N skipped`. */
export function report(results: readonly SpecResult[], { passed, failed, skipped, excluded, stale }: Verdict): string {
  return [
    ...failed.map(({ file, name, messages }) => `FAILED ${file}: ${name}\n  ${messages.join('\n  ')}`),
    ...stale.map((pattern) => `STALE ${String(pattern)} in exclusions.ts: no spec that fails matches it any more.`),
    'Slowest files:',
    ...slowest(results).map(([file, seconds]) => `  ${seconds.toFixed(1).padStart(5)} s  ${file}`),
    'Skipped:',
    ...excluded
      .filter(({ specs }) => specs > 0)
      .map(
        ({ reason, specs, passing }) =>
          `  ${String(specs).padStart(5)}  ${reason}${passing > 0 ? ` (${passing} would pass)` : ''}`,
      ),
    `${passed} passed, ${failed.length} failed, ${skipped} skipped`,
  ].join('\n');
}

function slowest(results: readonly SpecResult[]): [file: string, seconds: number][] {
  const seconds = new Map<string, number>();
  for (const { file, milliseconds } of results) seconds.set(file, (seconds.get(file) ?? 0) + milliseconds / 1000);
  return [...seconds].sort(([, a], [, b]) => b - a).slice(0, SLOWEST_SHOWN);
}
