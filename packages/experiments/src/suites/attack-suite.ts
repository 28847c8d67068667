import { type AttackMetrics, type AttackOutcome, type Victim, attackMetrics, runAttack } from '@rose/attacks';
import { InterruptedError } from '@rose/foundation';
import { subset } from '@rose/glue';
import { checkRecipe, openRecipe } from '../attack/open-recipe.js';
import type { Suite, TextVictim } from './suite.js';

/** The dev rows under attack are the same for every variant and seed, so that runs can be compared row by row. */
const rowsSeed = 0;

/** Attacks dev rows with a recipe: how much of the accuracy is left when someone tries to take it away. */
export function attackSuite(recipe: string): Suite {
  return {
    headline: 'accuracy_under_attack',
    check({ attack }) {
      checkRecipe(recipe, attack);
    },
    settings: ({ attack }) => ({ recipe, attack }),
    async run({ experiment, victim, texts, seed, onProgress, signal, threads }) {
      const examples = subset(texts.dev, { size: experiment.attack.examples, seed: rowsSeed, stratified: true });
      const wired = await openRecipe(checkRecipe(recipe, experiment.attack), experiment.attack, { threads });
      const outcomes: AttackOutcome[] = [];
      for await (const outcome of runAttack({
        recipe: wired,
        victim: asVictim(victim),
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
  };
}

const asVictim = ({ name, probabilities, gradientNorms }: TextVictim): Victim => ({
  name,
  probabilities: async (inputs) => (await probabilities(inputs)).map((row) => Array.from(row)),
  ...(gradientNorms && { gradientNorms }),
});

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
