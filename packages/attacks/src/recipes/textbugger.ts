import type { AttackRecipe } from '../attack-recipe.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { hashOfTable } from '../resources/hash-of-table.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import type { SynonymSource } from '../resources/synonym-source.js';
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
import type { RecipeCard } from './recipe-card.js';
import { freezing, keepingStopWords, used } from './recipe-options.js';
import type { CommonOptions } from './recipe-options.js';
import { USE, similarityOf } from './similarity.js';
import { wire } from './wire.js';

export interface TextBuggerOptions extends CommonOptions {
  readonly synonyms: SynonymSource;
  readonly sentenceEncoder?: SentenceEncoder;
}

export const textBuggerCard: RecipeCard<'synonyms'> = {
  title: 'TextBugger',
  paper:
    'Li, Ji, Du, Li, Wang: TextBugger: Generating Adversarial Text Against Real-world Applications. NDSS 2019, ' +
    'arXiv:1812.05271',
  needs: ['synonyms'],
  uses: ['sentenceEncoder'],
  departures: [
    'words ranked over the whole text, as in TextAttack; the paper ranks sentences first, then words in them',
    'similarity measured by angle, as in TextAttack; the paper takes the cosine',
    'letters that look alike come from a table written for this project',
    'a word keeps its rank after a space has split another; TextAttack goes on by the old number',
    'counter-fitted neighbours, as in TextAttack, where the paper has GloVe',
  ],
};

const maxCandidates = 5;

/** TextBugger (Li et al. 2019), black-box, as TextAttack's `TextBuggerLi2018`: four misspellings and a synonym. */
export function textBugger(options: TextBuggerOptions): AttackRecipe {
  const { synonyms } = options;
  const similarity = similarityOf(options.sentenceEncoder, { usual: USE, minimum: 0.8, compareWith: 'original' });
  const stopWords = keepingStopWords(options);
  const drawnInside = { positions: 'one', inside: true } as const;
  return wire({
    name: `textbugger-${synonyms.name}-${similarity.name}`,
    card: textBuggerCard,
    parts: {
      goal: untargetedClassification,
      transformation: composite([
        misspell(insertCharacter([' ']), drawnInside),
        misspell(deleteCharacter, drawnInside),
        misspell(swapNeighbours, drawnInside),
        misspell(homoglyph, { positions: 'all' }),
        synonymSwap(synonyms, maxCandidates),
      ]),
      wordConstraints: [repeatModification, stopWords.constraint, ...freezing(options)],
      constraints: similarity.constraints,
      search: greedyByDeletion,
    },
    sources: [
      used('synonyms', synonyms),
      used('look-alikes', { name: 'rose-look-alikes', hash: hashOfTable([...homoglyphs]) }),
      ...similarity.sources,
      stopWords.source,
    ],
    thresholds: { maxCandidates, ...similarity.thresholds },
    departures: [...(synonyms.notes ?? []), ...similarity.departures, stopWords.departure],
    options,
  });
}
