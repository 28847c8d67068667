import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tensorFlowBackend } from './tensorflow.js';

const onCpu = '@tensorflow/tfjs-node';
const onGpu = '@tensorflow/tfjs-node-gpu';

const backendOf = (engine: typeof onCpu | typeof onGpu, load?: () => Promise<unknown>) =>
  tensorFlowBackend({ name: engine === onCpu ? 'tfjs-node' : 'tfjs-node-gpu', title: '' }, load);

/** What Node throws for a module that is not there. */
const notFound = (module: string) =>
  Object.assign(new Error(`Cannot find package '${module}' imported from here`), { code: 'ERR_MODULE_NOT_FOUND' });

/** Stands in for the package: registers a backend as it does. */
const registering = (properties: object) => async () => {
  const backend = Object.assign(Object.create(tf.findBackend('cpu')) as ReturnType<typeof tf.backend>, properties);
  tf.registerBackend('tensorflow', () => backend);
};

async function failureOf(name: typeof onCpu | typeof onGpu, load?: () => Promise<unknown>): Promise<InputError> {
  const failure: unknown = await backendOf(name, load)
    .start({ threads: 1 })
    .catch((error: unknown) => error);
  if (failure instanceof InputError) return failure;
  throw new Error(`Not an InputError: ${String(failure)}`);
}

describe("TensorFlow's binding", () => {
  let environment: NodeJS.ProcessEnv;
  beforeEach(async () => {
    environment = { ...process.env };
    await tf.setBackend('cpu');
  });
  afterEach(async () => {
    process.env = environment;
    await tf.setBackend('cpu');
    if ((tf.findBackend('tensorflow') as unknown) !== null) tf.removeBackend('tensorflow');
  });

  // Not the real import: Vite answers for an optional peer dependency that is missing, in words of its own.
  it('that is not installed: says so, and how to install it', async () => {
    const { message, hint } = await failureOf(onCpu, () => Promise.reject(notFound(onCpu)));
    expect(message).toBe('The optional package @tensorflow/tfjs-node is not installed.');
    expect(hint).toContain('npm install --no-save --ignore-scripts=false @tensorflow/tfjs-node@4.22.0 ');
  });

  it('is told from a package that is there but lacks something', async () => {
    expect((await failureOf(onGpu, () => Promise.reject(notFound(onGpu)))).message).toMatch(/-gpu is not installed/);
    const { message, hint } = await failureOf(onCpu, () => Promise.reject(notFound('rimraf')));
    expect(message).toMatch(/tfjs-node is installed but cannot be loaded: .*'rimraf'/);
    expect(hint).toMatch(/^npm rebuild @tensorflow\/tfjs-node /);
  });

  it('is refused when it belongs to another copy of tfjs', async () => {
    expect((await failureOf(onCpu, async () => undefined)).message).toMatch(/a copy of tfjs of its own/);
  });

  it('is refused when the GPU package would compute on the CPU', async () => {
    expect((await failureOf(onGpu, registering({ isUsingGpuDevice: false }))).message).toMatch(/finds no GPU/);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('is chosen under the name that it registers, with its threads set before it is loaded', async () => {
    delete process.env['TF_NUM_INTRAOP_THREADS'];
    const binding = { TF_Version: '2.12.0' };
    let threads: string | undefined;
    const choice = backendOf(onGpu, async () => {
      threads = process.env['TF_NUM_INTRAOP_THREADS'];
      await registering({ isUsingGpuDevice: true, binding })();
    });
    await choice.start({ threads: 3 });
    expect(threads).toBe('3');
    expect(tf.getBackend()).toBe('tensorflow');
    expect(choice.library?.()).toBe('TensorFlow 2.12.0');
  });
});
