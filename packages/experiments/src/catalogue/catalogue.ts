import { type RecipeDescriptor, recipes } from '@rose/attacks';
import { baselineMethods } from '@rose/baselines';
import { type Settings, byName, lookUp } from '@rose/foundation';
import { type TaskDefinition, tasks } from '@rose/glue';
import { roseMethods } from '@rose/rose-core';
import type { z } from 'zod';
import { experimentSchema } from '../settings/schema.js';
import { type MethodEntry, type Methods, methodSections, methodsOf } from '../methods/methods.js';
import { advGlueSuite } from '../suites/adv-glue-suite.js';
import { attackSuite } from '../suites/attack-suite.js';
import { devSuite } from '../suites/dev-suite.js';
import type { Suite } from '../suites/suite.js';

/** What an experiment can be made of. */
export interface CatalogueParts {
  readonly methods: readonly MethodEntry[];
  readonly recipes: readonly RecipeDescriptor[];
  readonly tasks: readonly TaskDefinition[];
  /** Beside the recipes, each of which is a suite too. */
  readonly suites: readonly Suite[];
}

/** All that can be chosen by name, and the schema of experiments that follows from it. */
export interface Catalogue {
  readonly methods: Methods;
  readonly recipes: ReadonlyMap<string, RecipeDescriptor>;
  readonly tasks: ReadonlyMap<string, TaskDefinition>;
  readonly suites: ReadonlyMap<string, Suite>;
  /** The sections of an experiment that belong to methods. */
  readonly methodSections: ReadonlyMap<string, Settings>;
  /** Of a whole experiment. */
  readonly schema: z.ZodObject;
}

export function makeCatalogue(parts: CatalogueParts): Catalogue {
  const methods = methodsOf(parts.methods);
  const sections = methodSections(methods);
  const named = byName(parts.recipes);
  const settings = new Map([...named].map(([name, recipe]) => [name, recipe.settings]));
  return {
    methods,
    recipes: named,
    tasks: byName(parts.tasks),
    suites: byName([...parts.suites, ...parts.recipes.map(attackSuite)]),
    methodSections: sections,
    schema: experimentSchema({ methodSections: sections, recipes: settings }),
  };
}

/** All that comes with ROSE. A new method, recipe or task is one file and one line in the list of its package. */
export const standardParts: CatalogueParts = {
  methods: [...baselineMethods, ...roseMethods],
  recipes: [...recipes.values()],
  tasks: [...tasks.values()],
  suites: [devSuite, advGlueSuite],
};

/** The catalogue of what comes with ROSE. */
export const standardCatalogue = (): Catalogue => makeCatalogue(standardParts);

/** @throws InputError for an unknown name */
export const findSuite = ({ suites }: Catalogue, name: string): Suite =>
  lookUp(suites, name, { kind: 'suite', where: 'suites' });

/** @throws InputError for an unknown name */
export const findTask = ({ tasks: known }: Catalogue, name: string): TaskDefinition =>
  lookUp(known, name, { kind: 'task', where: 'tasks' });

/** @throws InputError for an unknown name */
export const findRecipe = ({ recipes: known }: Catalogue, name: string): RecipeDescriptor =>
  lookUp(known, name, { kind: 'recipe', where: 'recipe' });
