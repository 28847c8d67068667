import type { AttackRecipe } from '../attack/attack-recipe.js';
import { AttackedText } from '../text/attacked-text.js';
import type { AttackOutcome } from '../text/outcome.js';
import type { PartOfSpeech, PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { runAttack } from '../attack/run-attack.js';
import type { RunAttackOptions } from '../attack/run-attack.js';
import { victimFrom } from '../victim/victim.js';
import type { Victim } from '../victim/victim.js';

const resource = { version: '1', hash: 'toy' };

/** Two classes; p(1) = σ(sum of the words' weights), words lower-cased, unknown ones 0. */
export function linearVictim(weights: Record<string, number>): Victim {
  const byWord = new Map(Object.entries(weights));
  return victimFrom('linear', (inputs) =>
    Promise.resolve(
      inputs.map((columns) => {
        const words = AttackedText.of(columns).words.map(({ text }) => text.toLowerCase());
        const logit = words.reduce((sum, word) => sum + (byWord.get(word) ?? 0), 0);
        const p = 1 / (1 + Math.exp(-logit));
        return [1 - p, p];
      }),
    ),
  );
}

export function toySynonyms(
  lists: Record<string, readonly string[]>,
  more: Partial<SynonymSource> = {},
): SynonymSource {
  return { name: 'toy', ...resource, candidates: (word) => lists[word] ?? [], ...more };
}

/** Everything is a noun but for the words given. */
export function toyTagger(tags: Record<string, PartOfSpeech> = {}): PartOfSpeechTagger {
  return { name: 'toy-tagger', ...resource, tags: (words) => words.map((word) => tags[word.toLowerCase()] ?? 'NOUN') };
}

export async function outcomesOf(
  options: Omit<RunAttackOptions, 'seed'> & { seed?: number },
): Promise<AttackOutcome[]> {
  const outcomes: AttackOutcome[] = [];
  for await (const outcome of runAttack({ seed: 1, ...options })) outcomes.push(outcome);
  return outcomes;
}

/** Attacks one text of class 1. */
export async function attackText(recipe: AttackRecipe, victim: Victim, text: string, seed = 1): Promise<AttackOutcome> {
  const [outcome] = await outcomesOf({ recipe, victim, seed, examples: [{ id: 0, texts: [text], label: 1 }] });
  if (!outcome) throw new Error('There is no outcome.');
  return outcome;
}
