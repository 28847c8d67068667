export type { AttackContext, AttackRecipe, RecipeDescription, UsedResource } from './attack-recipe.js';
export { AttackedText, countWords, isOneWord } from './attacked-text.js';
export type { Word } from './attacked-text.js';
export { changedWords } from './changed-words.js';
export { composeAttack } from './compose-attack.js';
export type { AttackParts } from './compose-attack.js';
export type { Candidate, Constraint, Reference, WordConstraint } from './constraints/constraint.js';
export { maxEditDistance } from './constraints/edit-distance.js';
export { noNewGrammarErrors } from './constraints/grammar.js';
export { maxWordsPerturbed } from './constraints/max-words-perturbed.js';
export { samePartOfSpeech } from './constraints/part-of-speech.js';
export type { SamePartOfSpeechOptions } from './constraints/part-of-speech.js';
export { angularSimilarity, cosineSimilarity, sentenceSimilarity } from './constraints/sentence-similarity.js';
export type { SentenceSimilarityOptions } from './constraints/sentence-similarity.js';
export {
  frozenColumns,
  maxModificationRate,
  minWordLength,
  repeatModification,
  stopWordModification,
} from './constraints/word-constraints.js';
export { wordEmbeddingCosine, wordEmbeddingDistance } from './constraints/word-embedding.js';
export type { WordEmbeddingOptions } from './constraints/word-embedding.js';
export { diffTexts, diffWords } from './diff-words.js';
export type { DiffSegment } from './diff-words.js';
export type { Answer, GoalFunction } from './goal-functions/goal-function.js';
export { inputReduction as inputReductionGoal } from './goal-functions/input-reduction.js';
export { targetedClassification } from './goal-functions/targeted-classification.js';
export { untargetedClassification } from './goal-functions/untargeted-classification.js';
export { httpVictim } from './http/http-victim.js';
export type { HttpVictimOptions } from './http/http-victim.js';
export { AttackJournal, readJournal } from './journal/journal.js';
export type { JournalHeader, JournalOptions } from './journal/journal.js';
export { labelOrder } from './label-order.js';
export type { LabelOrderOptions } from './label-order.js';
export { measureOutcome } from './measure-outcome.js';
export type { Gauges, LanguageModel } from './measure-outcome.js';
export { attackMetrics } from './metrics.js';
export type { AttackMetrics } from './metrics.js';
export type { AttackExample, AttackOutcome, AttackStatus, JudgedText, Quality, Replacement } from './outcome.js';
export type { QueryModel } from './query-model.js';
export { a2t } from './recipes/a2t.js';
export { a2tMlm } from './recipes/a2t-mlm.js';
export { bae } from './recipes/bae.js';
export { bertAttack } from './recipes/bert-attack.js';
export { checkList } from './recipes/checklist.js';
export { clare } from './recipes/clare.js';
export { deepWordBug } from './recipes/deepwordbug.js';
export { geneticAttack } from './recipes/genetic.js';
export { improvedGeneticAttack } from './recipes/iga.js';
export { inputReduction } from './recipes/input-reduction.js';
export { pruthi } from './recipes/pruthi.js';
export { pso } from './recipes/pso.js';
export { pwws } from './recipes/pwws.js';
export type { RecipeResources, ResourceRole, ResourcesFor } from './recipe-resources.js';
export { used } from './recipe-resources.js';
export { defineRecipe } from './define-recipe.js';
export type { CommonOptions, Recipe, RecipeDefinition, RecipeDescriptor, Wiring } from './define-recipe.js';
export { recipes } from './recipes/recipes.js';
export { textBugger } from './recipes/textbugger.js';
export { tfAdjusted } from './recipes/tf-adjusted.js';
export { textFooler } from './recipes/textfooler.js';
export { loadCounterFittedVectors } from './resources/counter-fitted-vectors.js';
export type { CounterFittedVectorsOptions } from './resources/counter-fitted-vectors.js';
export { loadCounterFittedNeighbours } from './resources/counter-fitted.js';
export type { GrammarChecker } from './resources/grammar-checker.js';
export type {
  MarkedText,
  MaskedLanguageModel,
  MaskedText,
  PredictedToken,
  Predictions,
} from './resources/masked-language-model.js';
export type { PartOfSpeech, PartOfSpeechTagger } from './resources/part-of-speech-tagger.js';
export type { Resource } from './resources/resource.js';
export type { SentenceEncoder } from './resources/sentence-encoder.js';
export { functionWords } from './resources/stop-words.js';
export type { SynonymSource } from './resources/synonym-source.js';
export { loadWinkTagger } from './resources/wink-tagger.js';
export { loadWordNet } from './resources/wordnet.js';
export { advGlueFile, adversarialRows } from './report/adversarial-rows.js';
export type { AdvGlueOptions, AdversarialRow } from './report/adversarial-rows.js';
export { htmlReport } from './report/html-report.js';
export type { HtmlReportOptions } from './report/html-report.js';
export { metricRows } from './report/metric-rows.js';
export type { MetricRow } from './report/metric-rows.js';
export { renderMetrics, renderOutcome } from './report/terminal-report.js';
export type { TerminalOptions } from './report/terminal-report.js';
export { runAttack } from './run-attack.js';
export type { RunAttackOptions } from './run-attack.js';
export { beamSearch, greedySearch } from './search/beam-search.js';
export { geneticSearch, improvedGeneticSearch } from './search/genetic.js';
export type { GeneticOptions } from './search/genetic.js';
export { greedyByDeletion, greedyByImportance } from './search/greedy-word-importance.js';
export { particleSwarm } from './search/particle-swarm.js';
export type { ParticleSwarmOptions } from './search/particle-swarm.js';
export type { Scored, SearchMethod, SearchSpace } from './search/search-method.js';
export { atRandom, byDeletion, byGradient, byUnknownToken, byWeightedSaliency } from './search/word-importance.js';
export type { WordRanking } from './search/word-importance.js';
export type { TextColumns } from './text-columns.js';
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
export type { Transformation } from './transformations/transformation.js';
export { wordDeletion } from './transformations/word-deletion.js';
export { meteredVictim, timeLimitedVictim } from './victim-decorators.js';
export type { VictimUsage } from './victim-decorators.js';
export { VictimError, checkedVictim, victimFrom } from './victim.js';
export type { Victim } from './victim.js';
