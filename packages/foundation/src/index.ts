export { InputError, InterruptedError, NonFiniteError, describeError } from './errors.js';
export type { InputErrorDetails } from './errors.js';
export { nearestName } from './nearest-name.js';
export { RandomStream } from './random-stream.js';
