import { InputError, lookUp } from '@rose/foundation';
import { registerOrtBackend } from '@rose/tfjs-backend-ort';
// Gradients and the chained operations are registered by the union package alone; this is the one place that loads it.
import * as tf from '@tensorflow/tfjs';

interface BackendChoice {
  readonly description: string;
  readonly start: (threads: number) => void;
}

const backends = new Map<string, BackendChoice>([
  [
    'ort',
    {
      description: 'ONNX Runtime on the CPU, native speed',
      start: (threads) => void registerOrtBackend({ name: 'ort', threads }),
    },
  ],
  ['cpu', { description: 'tfjs in plain JavaScript: slow, the oracle in tests', start: () => undefined }],
]);

export const describeBackends = (): { name: string; description: string }[] =>
  [...backends].map(([name, { description }]) => ({ name, description }));

/** @throws InputError for an unknown name */
export const checkBackend = (name: string): BackendChoice =>
  lookUp(backends, name, { kind: 'backend', where: 'backend.name' });

/** Makes a backend the one that all tensors of this process live on. */
export async function startBackend(name: string, threads: number): Promise<void> {
  checkBackend(name).start(threads);
  if (!(await tf.setBackend(name)))
    throw new InputError(`The backend '${name}' does not start here.`, { where: 'backend.name' });
  await tf.ready();
}
