import type { UsedResource } from '../attack-recipe.js';
import type { Constraint } from '../constraints/constraint.js';
import { sentenceSimilarity } from '../constraints/sentence-similarity.js';
import type { SentenceSimilarityOptions } from '../constraints/sentence-similarity.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { used } from './recipe-options.js';

/** The part of a recipe that a sentence encoder plays, with or without one. */
export interface Similarity {
  /** For the attack's name. */
  readonly name: string;
  readonly constraints: readonly Constraint[];
  readonly sources: readonly UsedResource[];
  readonly thresholds: Readonly<Record<string, number>>;
  readonly departures: readonly string[];
}

/** The sentence-similarity constraint; without an encoder there is none, which is another attack and is named so. */
export function similarityOf(
  encoder: SentenceEncoder | undefined,
  { usual, ...options }: Omit<SentenceSimilarityOptions, 'encoder'> & { readonly usual: string },
): Similarity {
  if (!encoder) {
    return {
      name: 'no-sentence-encoder',
      constraints: [],
      sources: [],
      thresholds: {},
      departures: ['no sentence encoder: the sentence-similarity constraint is not applied'],
    };
  }
  return {
    name: encoder.name,
    constraints: [sentenceSimilarity({ encoder, ...options })],
    sources: [used('sentence encoder', encoder)],
    thresholds: {
      minSentenceSimilarity: options.minimum,
      ...(options.window !== undefined && { window: options.window }),
    },
    departures: [`sentence encoder ${encoder.name} where TextAttack has ${usual}`, ...(encoder.notes ?? [])],
  };
}

export const USE = 'universal-sentence-encoder/3';
