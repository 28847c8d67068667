import {
  type AttackMetrics,
  type AttackOutcome,
  type AttackRecipe,
  type Victim,
  attackMetrics,
  loadCounterFittedNeighbours,
  loadWinkTagger,
  loadWordNet,
  runAttack,
  textFooler,
  victimFrom,
} from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { InputError, InterruptedError } from '@rose/foundation';
import { subset } from '@rose/glue';
import type { Experiment } from '../experiment/schema.js';
import type { Suite, TextVictim } from './suite.js';

/** The dev rows under attack are the same for every variant and seed, so that runs can be compared row by row. */
const rowsSeed = 0;

type AttackSettings = Experiment['attack'];

/** Recipes by name, each wired to the resources that the experiment asks for. */
const recipes = {
  async textfooler({ maxCandidates, similarity, ...settings }: AttackSettings): Promise<AttackRecipe> {
    return textFooler({
      synonyms: await synonymsOf(settings),
      partOfSpeech: await loadWinkTagger(),
      maxCandidates,
      ...(similarity === 'use-lite' ? { sentenceEncoder: await loadUseLiteSentenceEncoder() } : {}),
    });
  },
};

async function synonymsOf({ synonyms, counterFitted }: Pick<AttackSettings, 'synonyms' | 'counterFitted'>) {
  return synonyms === 'wordnet' ? loadWordNet() : loadCounterFittedNeighbours(counterFitted ?? '');
}

/** Attacks dev rows with a recipe: how much of the accuracy is left when someone tries to take it away. */
export function attackSuite(recipe: keyof typeof recipes): Suite {
  return {
    headline: 'accuracy_under_attack',
    check({ attack }) {
      if (attack.synonyms === 'counter-fitted' && !attack.counterFitted) {
        throw new InputError('Counter-fitted synonyms need their file.', {
          where: 'attack.counterFitted',
          hint: 'Set attack.counterFitted to counterfitted_neighbors.json, or use attack.synonyms: wordnet.',
        });
      }
    },
    settings: ({ attack }) => ({ recipe, attack }),
    async run({ experiment, victim, texts, seed, onProgress, signal }) {
      const examples = subset(texts.dev, { size: experiment.attack.examples, seed: rowsSeed, stratified: true });
      const wired = await recipes[recipe](experiment.attack);
      const outcomes: AttackOutcome[] = [];
      for await (const outcome of runAttack({
        recipe: wired,
        victim: asVictim(victim),
        examples,
        seed,
        batchSize: 64,
        concurrency: 16,
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

const asVictim = (victim: TextVictim): Victim =>
  victimFrom(victim.name, async (inputs) => (await victim.probabilities(inputs)).map((row) => Array.from(row)));

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
