/**
 * Attacks on text classifiers: victims, recipes, what they draw on, and what comes out. Parts for recipes of your own are in
 * `@rose/attacks/parts`.
 */

// The attack.
export { runAttack } from './attack/run-attack.js';
export type { RunAttackOptions } from './attack/run-attack.js';
export type { AttackExample, AttackOutcome, AttackStatus, JudgedText, Quality, Replacement } from './text/outcome.js';
export type { TextColumns } from './text/text-columns.js';

// What is attacked.
export { meteredVictim, timeLimitedVictim } from './victim/victim-decorators.js';
export type { VictimUsage } from './victim/victim-decorators.js';
export { VictimError, victimFrom } from './victim/victim.js';
export type { Victim } from './victim/victim.js';

// Recipes.
export { defineRecipe } from './attack/define-recipe.js';
export type { CommonOptions, Recipe, RecipeDefinition, RecipeDescriptor, Wiring } from './attack/define-recipe.js';
export type { AttackRecipe, RecipeDescription, UsedResource } from './attack/attack-recipe.js';
export type { RecipeResources, ResourceRole, ResourcesFor } from './attack/recipe-resources.js';
export { a2tMlm } from './recipes/a2t-mlm.js';
export { a2t } from './recipes/a2t.js';
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
export { recipes } from './recipes/recipes.js';
export { textBugger } from './recipes/textbugger.js';
export { textFooler } from './recipes/textfooler.js';
export { tfAdjusted } from './recipes/tf-adjusted.js';

// What recipes draw on.
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

// What comes out.
export { AttackJournal, readJournal } from './journal/journal.js';
export type { JournalHeader, JournalOptions } from './journal/journal.js';
export { measureOutcome } from './attack/measure-outcome.js';
export type { Gauges, LanguageModel } from './attack/measure-outcome.js';
export { attackMetrics } from './attack/metrics.js';
export type { AttackMetrics } from './attack/metrics.js';
export { advGlueFile, adversarialRows } from './report/adversarial-rows.js';
export type { AdvGlueOptions, AdversarialRow } from './report/adversarial-rows.js';
export { htmlReport } from './report/html-report.js';
export type { HtmlReportOptions } from './report/html-report.js';
export { renderMetrics, renderOutcome } from './report/terminal-report.js';
export type { TerminalOptions } from './report/terminal-report.js';
