/** For the command line of ROSE only. It may change in any version. */
export { examineInChild } from './doctor/examine-in-child.js';
export { startJsonFile } from './json-file.js';
export { splitCommand } from './program.js';
export { checkChoices, describeBenchSuites } from './suites.js';
