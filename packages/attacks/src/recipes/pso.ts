import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { particleSwarm } from '../search/particle-swarm.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { count, optionalCount } from './settings.js';

/** The particle-swarm attack, SememePSO (Zang et al. 2020), as TextAttack's `PSOZang2020`, with any synonyms. */
export const pso = defineRecipe({
  name: 'pso',
  title: 'PSO',
  paper:
    'Zang, Qi, Yang, Liu, Zhang, Liu, Sun: Word-level Textual Adversarial Attacking as Combinatorial Optimization. ' +
    'ACL 2020, arXiv:1910.12196',
  needs: ['synonyms'],
  settings: z.strictObject({
    maxCandidates: optionalCount('Most synonyms tried for a word; all unless set; as in the paper'),
    particles: z.int().min(2).default(60).describe('Texts in the swarm; as in TextAttack'),
    rounds: count(20, 'Most rounds of flights; as in TextAttack'),
  }),
  departures: [
    'particles fly towards the best texts, as in the released code; TextAttack flies from them to the particle',
  ],
  followsTextAttack: true,
  wire: ({ synonyms }, { maxCandidates = Infinity, particles, rounds }) => ({
    variant: [synonyms.name],
    goal: untargetedClassification,
    transformation: synonymSwap(synonyms, maxCandidates),
    wordConstraints: [repeatModification],
    constraints: [],
    search: particleSwarm({ particles, rounds }),
    departures: [`${synonyms.name} in place of words with the same sememes in HowNet`],
  }),
});
