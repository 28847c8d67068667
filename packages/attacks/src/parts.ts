/**
 * The parts that recipes are made of, for recipes of your own: `defineRecipe` of `@rose/attacks` puts them together. Every part
 * is behind a small interface (`GoalFunction`, `Transformation`, `WordConstraint`, `Constraint`, `SearchMethod`), so that an
 * object of your own will do as well.
 */

// The text under attack.
export { AttackedText, isOneWord } from './text/attacked-text.js';
export type { Word } from './text/attacked-text.js';
export type { AttackContext } from './attack/attack-recipe.js';
export type { AttackParts } from './attack/compose-attack.js';
export type { QueryModel } from './querying/query-model.js';
export { used } from './attack/recipe-resources.js';

// What an attack is after.
export type { Answer, GoalFunction } from './goal-functions/goal-function.js';
export { inputReduction as fewestWords } from './goal-functions/input-reduction.js';
export { targetedClassification } from './goal-functions/targeted-classification.js';
export { untargetedClassification } from './goal-functions/untargeted-classification.js';

// How a text may be changed.
export type { Transformation } from './transformations/transformation.js';
export { changeLocation, changePersonName } from './transformations/change-name.js';
export { changeNumber } from './transformations/change-number.js';
export {
  deleteCharacter,
  homoglyph,
  insertCharacter,
  keyboardSlip,
  misspell,
  substituteCharacter,
  swapNeighbours,
} from './transformations/character-edits.js';
export type { CharacterEdit, CharacterEditOptions } from './transformations/character-edits.js';
export { composite } from './transformations/composite.js';
export { contractPairs, extendContractions } from './transformations/contractions.js';
export { maskedInsert, maskedMerge, maskedReplace } from './transformations/masked-lm.js';
export type { MaskedLanguageModelOptions } from './transformations/masked-lm.js';
export { maskedReconstruction } from './transformations/masked-reconstruction.js';
export { synonymSwap } from './transformations/synonym-swap.js';
export { wordDeletion } from './transformations/word-deletion.js';

// What must hold for a change.
export type { Candidate, Constraint, Reference, WordConstraint } from './constraints/constraint.js';
export { maxEditDistance } from './constraints/edit-distance.js';
export { noNewGrammarErrors } from './constraints/grammar.js';
export { maxWordsPerturbed } from './constraints/max-words-perturbed.js';
export { samePartOfSpeech } from './constraints/part-of-speech.js';
export type { SamePartOfSpeechOptions } from './constraints/part-of-speech.js';
export { sentenceSimilarity } from './constraints/sentence-similarity.js';
export type { SentenceSimilarityOptions } from './constraints/sentence-similarity.js';
export { maxModificationRate, minWordLength, repeatModification } from './constraints/word-constraints.js';
export { wordEmbeddingCosine, wordEmbeddingDistance } from './constraints/word-embedding.js';
export type { WordEmbeddingOptions } from './constraints/word-embedding.js';

// How changes are searched.
export { beamSearch, greedySearch } from './search/beam-search.js';
export { geneticSearch, improvedGeneticSearch } from './search/genetic.js';
export type { GeneticOptions } from './search/genetic.js';
export { greedyByDeletion, greedyByImportance } from './search/greedy-word-importance.js';
export { particleSwarm } from './search/particle-swarm.js';
export type { ParticleSwarmOptions } from './search/particle-swarm.js';
export type { Scored, SearchMethod, SearchSpace } from './search/search-method.js';
export { atRandom, byDeletion, byGradient, byUnknownToken, byWeightedSaliency } from './search/word-importance.js';
export type { WordRanking } from './search/word-importance.js';
