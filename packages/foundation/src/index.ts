export { InputError, InterruptedError, NonFiniteError, describeError } from './errors.js';
export type { InputErrorDetails } from './errors.js';
export { lookUp } from './look-up.js';
export type { LookUpContext } from './look-up.js';
export { nearestName } from './nearest-name.js';
export { RandomStream } from './random-stream.js';
export { WasmModule } from './wasm-module.js';
export type { WasmInstance } from './wasm-module.js';
export { writeAtomically } from './write-atomically.js';
