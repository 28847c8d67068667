import * as tf from '@tensorflow/tfjs-core';
import { MissingKernelError } from '../graph/errors.js';
import type { Kernel } from '../backend/kernel.js';

/** For every kernel of TensorFlow.js that is not among `present`, one that says so when it is called. */
export function missingKernels(backendName: string, present: readonly Kernel[]): Kernel[] {
  const known = new Set(present.map(({ name }) => name));
  return kernelNames()
    .filter((name) => !known.has(name))
    .map((name) => ({
      name,
      record: () => {
        throw new MissingKernelError(`The ${backendName} backend has no kernel ${name}.`, {
          hint: 'Compose it of kernels that it has, or run this operation under another backend.',
        });
      },
    }));
}

/** tfjs-core exports each kernel's name as a constant of that name, some without the underscore in front. */
function kernelNames(): string[] {
  return Object.entries(tf).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' && (value === key || value === `_${key}`) ? [value] : [],
  );
}
