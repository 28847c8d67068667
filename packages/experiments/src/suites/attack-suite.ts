import { type AttackMetrics, type AttackOutcome, type RecipeDescriptor, attackMetrics, runAttack } from '@rose/attacks';
import { InterruptedError, parseSettings } from '@rose/foundation';
import { subset } from '@rose/glue';
import { checkRecipe, openRecipe, recipeDependencies } from '../recipes/open-recipe.js';
import type { Experiment } from '../settings/schema.js';
import { ROWS_SEED } from '../data/sources.js';
import { type Suite, defineSuite } from './suite.js';

/** Attacks dev rows with a recipe: how much of the accuracy is left when someone tries to take it away. */
export const attackSuite = (recipe: RecipeDescriptor): Suite =>
  defineSuite({
    name: recipe.name,
    title: `Accuracy under ${recipe.title}`,
    ...(recipe.paper !== undefined && { paper: recipe.paper }),
    headline: 'accuracy_under_attack',
    check: ({ attack }) => checkRecipe(recipe, attack),
    async settings({ attack }) {
      const dependencies = await recipeDependencies(recipe, attack);
      const former = formerly(recipe, attack);
      return {
        hashed: { recipe: recipe.name, attack: { examples: attack.examples, ...dependencies } },
        ...(former && { former }),
      };
    },
    async run({ experiment, victim, texts, seed, onProgress, signal, threads }) {
      const examples = subset(texts.dev, { size: experiment.attack.examples, seed: ROWS_SEED, stratified: true });
      const wired = await openRecipe(recipe, experiment.attack, { threads });
      const outcomes: AttackOutcome[] = [];
      for await (const outcome of runAttack({
        recipe: wired,
        victim,
        examples,
        seed,
        batchSize: 64,
        concurrency: 32,
        signal,
      })) {
        outcomes.push(outcome);
        onProgress(outcomes.length, examples.length);
      }
      if (signal.aborted) throw new InterruptedError();
      const metrics = attackMetrics(outcomes);
      return { metrics: named(metrics), examples: examples.length, details: { ...wired.describe() }, lines: outcomes };
    },
  });

/**
 * Up to version 0.1 the hash held the whole section `attack`, with TextFooler's `maxCandidates` for every recipe and the
 * path of counter-fitted neighbours instead of their content. Results by those hashes still count where every other
 * setting has its default and no file is behind them.
 */
function formerly(recipe: RecipeDescriptor, attack: Experiment['attack']) {
  const { recipes, examples, synonyms = 'wordnet', similarity = 'use-lite' } = attack;
  if (synonyms !== 'wordnet' || attack.maskedLanguageModel !== undefined) return undefined;
  const usual = parseSettings(recipe.settings, {}, { of: recipe.name });
  const { maxCandidates, ...own } = { ...usual, ...recipes?.[recipe.name] };
  if (Object.entries(own).some(([name, value]) => value !== usual[name])) return undefined;
  const isTextFooler = recipe.name === 'textfooler';
  if (!isTextFooler && maxCandidates !== usual['maxCandidates']) return undefined;
  const candidates = isTextFooler ? maxCandidates : FORMER_CANDIDATES;
  return { recipe: recipe.name, attack: { examples, synonyms, similarity, maxCandidates: candidates } };
}

const FORMER_CANDIDATES = 50;

/** The metrics under the names of the tables; one that is undefined (no success, no example left) is left out. */
function named(metrics: AttackMetrics): Record<string, number> {
  const all: Record<string, number | null> = {
    original_accuracy: metrics.originalAccuracy,
    accuracy_under_attack: metrics.accuracyUnderAttack,
    attack_success_rate: metrics.attackSuccessRate,
    perturbed_word_share: metrics.perturbedWordShare,
    average_queries: metrics.averageQueries,
    median_queries: metrics.medianQueries,
    average_model_queries: metrics.averageModelQueries,
    errors: metrics.errors,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== null));
}
