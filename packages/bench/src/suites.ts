import { InputError, byName, lookUp } from '@rose/foundation';
import { attackSuite } from './attack-suite.js';
import { engineSuite } from './engine-suite.js';
import { fusionsSuite } from './fusions-suite.js';
import { methodsSuite } from './methods-suite.js';
import type { BenchChoice, BenchSuite } from './suite.js';

/** Every suite of the bench. A new one is a file and a line here, and its JSON lines in lines.ts. */
const suites = byName<BenchSuite>([engineSuite, methodsSuite, fusionsSuite, attackSuite]);

export const describeBenchSuites = (): string =>
  [...suites.values()].map(({ name, description }) => `${name} (${description})`).join(', ');

/** @throws InputError for an unknown name */
export const findBenchSuite = (name: string): BenchSuite => lookUp(suites, name, { kind: 'suite', where: 'suite' });

/**
 * Refuses what was chosen and has no use in a suite.
 * @param chosen what was given; undefined counts as not given
 * @throws InputError naming the suites that have use for it
 */
export function checkChoices(
  { name, takes }: BenchSuite,
  chosen: Readonly<Partial<Record<BenchChoice, unknown>>>,
): void {
  for (const [choice, value] of Object.entries(chosen) as [BenchChoice, unknown][]) {
    if (value === undefined || takes.includes(choice)) continue;
    const others = [...suites.values()].filter((suite) => suite.takes.includes(choice)).map((suite) => suite.name);
    throw new InputError(`The suite '${name}' has no use for '${choice}'.`, {
      option: choice,
      hint: `It belongs to ${others.join(', ')}. Leave it out, or choose one of these.`,
    });
  }
}
