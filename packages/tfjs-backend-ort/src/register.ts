import { totalmem } from 'node:os';
import { findBackend, registerBackend } from '@tensorflow/tfjs-core';
import { OrtBackend } from './backend.js';
import {
  DEFAULT_BACKEND_NAME,
  DEFAULT_MAX_SESSIONS,
  DEFAULT_SESSION_MEMORY_SHARE,
  DEFAULT_THREADS,
} from './constants.js';
import { OrtBackendError } from './errors.js';
import { registerReductionGradients } from './gradients.js';
import { kernelsWithout } from './fusions.js';
import { registerKernels, unregisterKernels } from './kernel.js';
import { kernels } from './kernels/index.js';
import { missingKernels } from './kernels/missing.js';

export interface OrtBackendOptions {
  /** Name for `tf.setBackend`; default `ort`. */
  readonly name?: string;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
  /** Compiled graphs kept, at least 1; default 64. */
  readonly maxSessions?: number;
  /** Bytes that compiled graphs may keep between their runs, about; default a fifth of the machine's memory. */
  readonly sessionMemory?: number;
  /** ONNX Runtime execution providers in order of preference; default `['cpu']`. */
  readonly executionProviders?: readonly string[];
  /** Fusions to do without, of `fusionNames`: for measuring what they gain. */
  readonly without?: readonly string[];
}

/**
 * Makes the backend known to TensorFlow.js. It still has to be chosen: `await tf.setBackend('ort')`. For gradients
 * import `@tensorflow/tfjs` before: tfjs-core alone registers none. Those of Sum and Mean are replaced by
 * faster ones that compute the same, see gradients.ts.
 *
 * @throws OrtBackendError if the name is taken, a number is out of range, or a fusion unknown
 */
export function registerOrtBackend(options: OrtBackendOptions = {}): OrtBackend {
  const { name = DEFAULT_BACKEND_NAME, executionProviders = ['cpu'], without = [] } = options;
  const threads = atLeastOne('threads', options.threads ?? DEFAULT_THREADS);
  const maxSessions = atLeastOne('maxSessions', options.maxSessions ?? DEFAULT_MAX_SESSIONS);
  const ownShare = Math.floor(DEFAULT_SESSION_MEMORY_SHARE * totalmem());
  const sessionMemory = atLeastOne('sessionMemory', options.sessionMemory ?? ownShare);
  // The declared type is wrong: there may be none.
  const taken: unknown = findBackend(name);
  if (taken !== null) {
    throw new OrtBackendError(`A TensorFlow.js backend named "${name}" is registered already.`, {
      hint: `Give another name, or call tf.removeBackend('${name}') first.`,
    });
  }
  const present = kernelsWithout(without);
  const backend = new OrtBackend({ threads, maxSessions, sessionMemory, executionProviders });
  // A backend of this name that was removed has left its kernels, perhaps with other fusions.
  unregisterKernels(name, kernels);
  registerKernels(name, [...present, ...missingKernels(name, present)]);
  registerReductionGradients();
  registerBackend(name, () => backend);
  return backend;
}

function atLeastOne(option: string, value: number): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new OrtBackendError(`${option} is ${value}.`, { hint: 'Give a whole number of at least 1.' });
}
