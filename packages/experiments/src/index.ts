/**
 * Experiments from file to scores: a catalogue of what they may be made of, plans, runs, reports; and attacks on victims that
 * are there already.
 */

// What can be chosen by name.
export { makeCatalogue, standardCatalogue, standardParts } from './catalogue/catalogue.js';
export type { Catalogue, CatalogueParts } from './catalogue/catalogue.js';
export { listingKinds, listingsOf } from './catalogue/listings.js';
export type { Listing, ListingKind } from './catalogue/listings.js';
export type { MethodEntry, Methods } from './methods/methods.js';
export { findVariant } from './methods/variants.js';
export type { Variant } from './methods/variants.js';
export { defineSuite } from './suites/suite.js';
export type { Suite, SuiteContext, SuiteDependencies, SuiteResult, TaskTexts } from './suites/suite.js';

// From a file to a plan.
export { listExperiments } from './experiment/experiment-file.js';
export { loadExperiment, parseExperiment } from './experiment/load-experiment.js';
export type { LoadOptions, LoadedExperiment } from './experiment/load-experiment.js';
export { makePlan, selectRuns } from './experiment/plan.js';
export type { Plan, PlannedRun } from './experiment/plan.js';
export type { ResolvedSettings, ResolvedValue } from './experiment/resolve-settings.js';
export type { Experiment } from './settings/schema.js';

// From a plan to results.
export type { ProgressEvent } from './run/progress-event.js';
export type { Provenance } from './run/provenance.js';
export { runPlanned } from './run/run-planned.js';
export type { RunPlannedOptions } from './run/run-planned.js';
export type { RunRecord, RunState, SuiteRecord, TrainingRecord } from './run/run-record.js';
export { readPlan } from './experiment/plan-file.js';
export { writeReport } from './sweep/report.js';
export type { ReportOptions } from './sweep/report.js';
export type { RunStatus } from './sweep/run-status.js';
export { sweep, sweepAgenda } from './sweep/sweep.js';
export type { Ending, LaunchOptions, Launched, SweepObserver, SweepOptions } from './sweep/sweep.js';

// Attacks without training.
export type { Schedule } from './attack/attack-session.js';
export { attackVictim } from './attack/attack-victim.js';
export type { AttackVictimOptions, AttackedVictim } from './attack/attack-victim.js';
