/** For the other packages of ROSE only: the command line and the bench. It may change in any version. */
export { augmentWith } from './data/augment-with.js';
export { findTask } from './catalogue/catalogue.js';
export { refuseOtherOverrides } from './experiment/refuse-other-overrides.js';
export { applySettings, resolveSettings } from './experiment/resolve-settings.js';
export { findSource, taskLabel } from './data/sources.js';
export { versionOf } from './run/provenance.js';
export { secondsOf } from './run/run-record.js';
export { costOf } from './sweep/sweep.js';
