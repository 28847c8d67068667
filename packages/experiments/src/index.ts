export { attackVictim } from './attack/attack-victim.js';
export type { AttackVictimOptions, AttackedVictim } from './attack/attack-victim.js';
export type { Schedule } from './attack/attack-session.js';
export { augmentWith } from './attack/augment-with.js';
export { openRecipe } from './attack/open-recipe.js';
export {
  findRecipe,
  findSuite,
  findTask,
  makeCatalogue,
  methodNames,
  standardCatalogue,
  standardParts,
} from './catalogue.js';
export type { Catalogue, CatalogueParts } from './catalogue.js';
export { listExperiments } from './experiment/experiment-file.js';
export { loadExperiment, parseExperiment } from './experiment/load-experiment.js';
export type { LoadOptions, LoadedExperiment } from './experiment/load-experiment.js';
export { makePlan, selectRuns } from './experiment/plan.js';
export type { Plan, PlannedRun } from './experiment/plan.js';
export { refuseOtherOverrides } from './experiment/refuse-other-overrides.js';
export { applySettings, resolveSettings } from './experiment/resolve-settings.js';
export type { ResolvedSettings, ResolvedValue } from './experiment/resolve-settings.js';
export { attackSettings, backendSettings, dataSettings, trainingSettings } from './experiment/schema.js';
export type { Experiment } from './experiment/schema.js';
export { findSource, taskLabel } from './experiment/sources.js';
export { allMethods } from './methods/methods.js';
export type { MethodEntry, Methods } from './methods/methods.js';
export { findVariant, parseVariant } from './methods/variants.js';
export type { Variant, VariantParts } from './methods/variants.js';
export type { ProgressEvent } from './run/progress-event.js';
export { collectProvenance, versionOf } from './run/provenance.js';
export type { Provenance } from './run/provenance.js';
export { runPlanned } from './run/run-planned.js';
export type { RunPlannedOptions } from './run/run-planned.js';
export { secondsOf } from './run/run-record.js';
export type { RunRecord, RunState, SuiteRecord, TrainingRecord } from './run/run-record.js';
export { defineSuite } from './suites/suite.js';
export type { Suite, SuiteContext, SuiteDependencies, SuiteResult, TaskTexts } from './suites/suite.js';
export { readPlan } from './sweep/plan-file.js';
export { writeReport } from './sweep/report.js';
export type { ReportOptions } from './sweep/report.js';
export type { RunStatus } from './sweep/run-status.js';
export { costOf, sweep, sweepAgenda } from './sweep/sweep.js';
export type { Ending, LaunchOptions, Launched, SweepObserver, SweepOptions } from './sweep/sweep.js';
export { listingKinds, listingsOf } from './listings.js';
export type { Listing, ListingKind } from './listings.js';
