import { totalmem } from 'node:os';
import { findBackend, registerBackend } from '@tensorflow/tfjs-core';
import { OrtBackend } from './backend/backend.js';
import {
  DEFAULT_BACKEND_NAME,
  DEFAULT_MAX_SESSIONS,
  DEFAULT_SESSION_MEMORY_SHARE,
  DEFAULT_THREADS,
} from './graph/constants.js';
import { OrtBackendError } from './graph/errors.js';
import { registerReductionGradients } from './gradients.js';
import { kernelsWithout } from './fusions.js';
import { registerKernels, unregisterKernels } from './backend/kernel.js';
import { kernels } from './kernels/index.js';
import { missingKernels } from './kernels/missing.js';

export interface OrtBackendOptions {
  /** Name for `tf.setBackend`; default `ort`. */
  readonly name?: string;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
  /** Compiled graphs kept, at least 1; default 64. The least recently used is released first. */
  readonly maxSessions?: number;
  /** Bytes that compiled graphs may keep between runs, by an estimate; default a fifth of the machine's memory. */
  readonly sessionMemory?: number;
  /** ONNX Runtime execution providers in order of preference; default `['cpu']`. */
  readonly executionProviders?: readonly string[];
  /** Fusions to leave out, of `fusionNames`, to measure what they gain; default none. */
  readonly without?: readonly string[];
}

/**
 * Makes the backend known to TensorFlow.js. Choose it with `await tf.setBackend('ort')`. Import `@tensorflow/tfjs` first
 * if you want gradients: tfjs-core alone registers none. The gradients of Sum and Mean are replaced, for every backend, by
 * faster ones that compute the same.
 *
 * @throws OrtBackendError if the name is taken, a number is out of range, or a fusion unknown
 */
export function registerOrtBackend(options: OrtBackendOptions = {}): OrtBackend {
  const { name = DEFAULT_BACKEND_NAME, executionProviders = ['cpu'], without = [] } = options;
  const threads = atLeastOne('threads', options.threads ?? DEFAULT_THREADS);
  const maxSessions = atLeastOne('maxSessions', options.maxSessions ?? DEFAULT_MAX_SESSIONS);
  const ownShare = Math.floor(DEFAULT_SESSION_MEMORY_SHARE * totalmem());
  const sessionMemory = atLeastOne('sessionMemory', options.sessionMemory ?? ownShare);
  // The declared type is wrong: the result is null if there is none.
  const taken: unknown = findBackend(name);
  if (taken !== null) {
    throw new OrtBackendError(`A TensorFlow.js backend named "${name}" is registered already.`, {
      hint: `Give another name, or call tf.removeBackend('${name}') first.`,
    });
  }
  const present = kernelsWithout(without);
  const backend = new OrtBackend({ threads, maxSessions, sessionMemory, executionProviders });
  // A removed backend of this name has left its kernels behind, perhaps with other fusions.
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
