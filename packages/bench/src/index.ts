/** Measures training, inference and attacks on this machine, and tries backends. */

// Whether a backend computes well.
export { examineBackend } from './doctor/examine-backend.js';
export type { Examination } from './doctor/examine-backend.js';

// How fast it is.
export { readLines } from './lines.js';
export type { BenchLine } from './lines.js';
export type { Command } from './program.js';
export { serve } from './serve.js';
export type { ServeOptions } from './serve.js';
export type { BenchOptions, BenchSuite } from './suite.js';
export { findBenchSuite } from './suites.js';
