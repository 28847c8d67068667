import { lookUp } from '@rose/foundation';
import { attackSuite } from './attack-suite.js';
import { engineSuite } from './engine-suite.js';
import { fusionsSuite } from './fusions-suite.js';
import { methodsSuite } from './methods-suite.js';
import type { BenchSuite } from './suite.js';

/** Every suite of the bench. A new one is a file and a line here, and its JSON lines in lines.ts. */
const suites = new Map<string, BenchSuite>(
  [engineSuite, methodsSuite, fusionsSuite, attackSuite].map((suite) => [suite.name, suite]),
);

export const describeBenchSuites = (): string =>
  [...suites.values()].map(({ name, description }) => `${name} (${description})`).join(', ');

/** @throws InputError for an unknown name */
export const findBenchSuite = (name: string): BenchSuite => lookUp(suites, name, { kind: 'suite', where: 'suite' });
