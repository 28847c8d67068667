import { lookUp } from '@rose/foundation';
import type { Experiment } from '../experiment/schema.js';
import { recipeNames } from '../attack/open-recipe.js';
import { advGlueSuite } from './adv-glue-suite.js';
import { attackSuite } from './attack-suite.js';
import { devSuite } from './dev-suite.js';
import type { Suite } from './suite.js';

/** Every suite that an experiment may name: something that scores a victim. */
const suites = new Map<string, Suite>([
  ['dev', devSuite],
  ['advglue', advGlueSuite],
  ...recipeNames().map((name): [string, Suite] => [name, attackSuite(name)]),
]);

export const suiteNames = (): string[] => [...suites.keys()];

/** @throws InputError for an unknown name */
export const findSuite = (name: string): Suite => lookUp(suites, name, { kind: 'suite', where: 'suites' });

/** The metric of each suite that the robustness table shows. */
export const headlineMetrics = (experiment: Experiment): Record<string, string> =>
  Object.fromEntries(experiment.suites.map((name) => [name, findSuite(name).headline]));
