import { InputError, lookUp } from '@rose/foundation';
// Gradients and the chained operations are registered by the union package alone; this is the one place that loads it.
import * as tf from '@tensorflow/tfjs';
import type { BackendChoice } from './backends/backend-choice.js';
import { ortBackend } from './backends/ort.js';
import { tensorFlowBackend } from './backends/tensorflow.js';

const plainJavaScript: BackendChoice = {
  description: 'tfjs in plain JavaScript: slow, the oracle in tests',
  engine: '@tensorflow/tfjs',
  start: async () => void (await tf.setBackend('cpu')),
};

const backends: ReadonlyMap<string, BackendChoice> = new Map([
  [
    'ort',
    ortBackend({ name: 'ort', provider: 'cpu', description: 'ONNX Runtime on the CPU, native speed: the default' }),
  ],
  [
    'ort-cuda',
    ortBackend({
      name: 'ort-cuda',
      provider: 'cuda',
      description: 'ONNX Runtime on an NVIDIA GPU',
      needs:
        'It needs an NVIDIA GPU with its driver, CUDA, cuDNN, and files that npm does not carry: on linux-x64, npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12 fetches them from nuget.org.',
    }),
  ],
  [
    'ort-webgpu',
    ortBackend({
      name: 'ort-webgpu',
      provider: 'webgpu',
      description: 'ONNX Runtime on any GPU, by way of Vulkan, Metal or Direct3D',
      needs: "It needs a GPU with its driver; on Linux also the Vulkan loader (Debian's libvulkan1).",
    }),
  ],
  ['tfjs-node-gpu', tensorFlowBackend('@tensorflow/tfjs-node-gpu', "TensorFlow's own binding on an NVIDIA GPU")],
  ['tfjs-node', tensorFlowBackend('@tensorflow/tfjs-node', "TensorFlow's own binding on the CPU")],
  ['cpu', plainJavaScript],
]);

export const describeBackends = (): { name: string; description: string }[] =>
  [...backends].map(([name, { description }]) => ({ name, description }));

/** @throws InputError for an unknown name */
export const checkBackend = (name: string): BackendChoice =>
  lookUp(backends, name, { kind: 'backend', where: 'backend.name' });

/**
 * Makes a backend the one that all tensors of this process live on.
 * @param without fusions of our own backend to do without; only the bench asks for that
 * @throws InputError for an unknown name, and for a backend that cannot compute here, saying what it needs
 */
export async function startBackend(name: string, threads: number, without: readonly string[] = []): Promise<void> {
  const backend = checkBackend(name);
  if (without.length > 0 && !backend.fuses) {
    throw new InputError(`The backend '${name}' has no fusions to do without.`, {
      where: '--backend',
      hint: 'Only ours has: --backend=ort.',
    });
  }
  await backend.start({ threads, without });
  await tf.ready();
}
