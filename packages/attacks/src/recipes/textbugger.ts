import { z } from 'zod';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from '../attack/define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { used } from '../attack/recipe-resources.js';
import { hashOfTable } from '../resources/resource.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import {
  deleteCharacter,
  homoglyph,
  insertCharacter,
  misspell,
  swapNeighbours,
} from '../transformations/character-edits.js';
import { composite } from '../transformations/composite.js';
import { homoglyphs } from '../transformations/homoglyphs.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import { count, share } from './settings.js';
import { USE, similarityOf } from './similarity.js';

/** TextBugger (Li et al. 2019), black-box, as TextAttack's `TextBuggerLi2018`: four misspellings and a synonym. */
export const textBugger = defineRecipe({
  name: 'textbugger',
  title: 'TextBugger',
  paper:
    'Li, Ji, Du, Li, Wang: TextBugger: Generating Adversarial Text Against Real-world Applications. NDSS 2019, ' +
    'arXiv:1812.05271',
  needs: ['synonyms'],
  uses: ['sentenceEncoder'],
  settings: z.strictObject({
    maxCandidates: count(5, 'Most synonyms tried for a word; as in TextAttack'),
    minSentenceSimilarity: share(
      0.8,
      'Smallest angular similarity of the texts, with a sentence encoder; as in TextAttack',
    ),
  }),
  departures: [
    'words ranked over the whole text, as in TextAttack; the paper ranks sentences first, then words in them',
    'similarity measured by angle, as in TextAttack; the paper takes the cosine',
    'letters that look alike come from a table written for this project',
    'a word keeps its rank after a space has split another; TextAttack goes on by the old number',
    'counter-fitted neighbours, as in TextAttack, where the paper has GloVe',
  ],
  followsTextAttack: true,
  wire({ synonyms, sentenceEncoder }, { maxCandidates, minSentenceSimilarity }) {
    const similarity = similarityOf(sentenceEncoder, {
      original: USE,
      minimum: minSentenceSimilarity,
      compareWith: 'original',
    });
    const drawnInside = { positions: 'one', inside: true } as const;
    return {
      variant: [synonyms.name, similarity.name],
      goal: untargetedClassification,
      transformation: composite([
        misspell(insertCharacter([' ']), drawnInside),
        misspell(deleteCharacter, drawnInside),
        misspell(swapNeighbours, drawnInside),
        misspell(homoglyph, { positions: 'all' }),
        synonymSwap(synonyms, maxCandidates),
      ]),
      wordConstraints: [repeatModification],
      constraints: similarity.constraints,
      search: greedyByDeletion,
      tables: [used('look-alikes', { name: 'rose-look-alikes', hash: hashOfTable([...homoglyphs]) })],
      idle: similarity.idle,
      departures: similarity.departures,
    };
  },
});
