import { z } from 'zod';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import type { Wiring } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import type { SynonymSource } from '../resources/synonym-source.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { count, share } from './settings.js';
import { nearByDistance } from './word-vectors.js';

/** Where both attacks depart from the papers or TextAttack. */
export const geneticDepartures = [
  'parents are drawn in favour of the higher score, as in the paper; the sign in TextAttack favours the lower',
  'a child must meet the constraints; TextAttack does not look, so that more than 20 % of the words may change',
  'a word that cannot be changed for the better is not drawn again for the same text',
];

/** What both attacks can be set to, beside what differs in its default. */
export const geneticSettings = {
  population: z.int().min(2).default(60).describe('Texts in a generation; as in TextAttack'),
  generations: count(20, 'Most generations; as in TextAttack'),
  maxShare: share(0.2, 'Largest share of the words that may be changed; as in TextAttack'),
  maxSquaredDistance: z
    .number()
    .min(0)
    .default(0.5)
    .describe(
      'Largest squared distance of a word from the one before, where the synonyms come with vectors; as in TextAttack',
    ),
};

interface SharedSettings extends z.output<z.ZodObject<typeof geneticSettings>> {
  readonly maxCandidates: number;
}

/** What both attacks have in common. */
export function wireGenetic(
  synonyms: SynonymSource,
  { maxCandidates, maxShare, maxSquaredDistance }: SharedSettings,
): Omit<Wiring, 'search' | 'wordConstraints'> {
  const near = nearByDistance(synonyms, maxSquaredDistance);
  return {
    variant: [synonyms.name],
    goal: untargetedClassification,
    transformation: synonymSwap(synonyms, maxCandidates),
    constraints: [maxWordsPerturbed({ share: maxShare }), ...near.constraints],
    idle: near.idle,
    departures: near.departures,
  };
}
