import { InputError, byName, lookUp } from '@rose/foundation';
// Gradients and the chained operations are registered by the union package alone; this is the one place that loads it.
import * as tf from '@tensorflow/tfjs';
import { type Backend, type StartOptions, defineBackend } from './backend.js';
import { ortBackend } from './ort.js';
import { tensorFlowBackend } from './tensorflow.js';

/** All backends, the default first. */
export const backends: readonly Backend[] = [
  ortBackend({ name: 'ort', provider: 'cpu', title: 'ONNX Runtime on the CPU, native speed: the default' }),
  ortBackend({
    name: 'ort-cuda',
    provider: 'cuda',
    title: 'ONNX Runtime on an NVIDIA GPU',
    needs:
      'It needs an NVIDIA GPU with its driver, CUDA, cuDNN, and files that npm does not carry: on linux-x64, npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12 fetches them from nuget.org.',
  }),
  ortBackend({
    name: 'ort-webgpu',
    provider: 'webgpu',
    title: 'ONNX Runtime on any GPU, by way of Vulkan, Metal or Direct3D',
    needs: "It needs a GPU with its driver; on Linux also the Vulkan loader (Debian's libvulkan1).",
  }),
  tensorFlowBackend({ name: 'tfjs-node-gpu', title: "TensorFlow's own binding on an NVIDIA GPU" }),
  tensorFlowBackend({ name: 'tfjs-node', title: "TensorFlow's own binding on the CPU" }),
  defineBackend({
    name: 'cpu',
    title: 'TensorFlow.js in plain JavaScript: slow, the oracle of tests',
    engine: '@tensorflow/tfjs',
    start: async () => void (await tf.setBackend('cpu')),
  }),
];

/** @throws InputError for an unknown name */
export const findBackend = (name: string): Backend =>
  lookUp(byName(backends), name, { kind: 'backend', where: 'backend' });

export interface StartBackendOptions extends StartOptions {
  readonly name: string;
}

/**
 * Makes a backend the one that all tensors of this process live on.
 * @throws InputError for an unknown name, and for a backend that cannot compute here, saying what it needs
 */
export async function startBackend({ name, threads, without = [] }: StartBackendOptions): Promise<void> {
  const backend = findBackend(name);
  if (without.length > 0 && !backend.fuses) {
    throw new InputError(`The backend '${name}' has no fusions to do without.`, {
      option: 'backend',
      hint: 'Only ours has, which is called ort.',
    });
  }
  await backend.start({ threads, without });
  await tf.ready();
}
