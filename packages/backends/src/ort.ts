import { InputError } from '@rose/foundation';
import { registerOrtBackend } from '@rose/tfjs-backend-ort';
import * as tf from '@tensorflow/tfjs';
import { listSupportedBackends } from 'onnxruntime-node';
import { type Backend, defineBackend } from './backend.js';

interface OrtChoice {
  readonly name: string;
  readonly title: string;
  /** ONNX Runtime's name for what computes; `cpu` takes the operators that it does not have. */
  readonly provider: string;
  /** What the provider needs beside onnxruntime-node itself. */
  readonly needs?: string;
}

/** What each of our backends in this process was started with. */
const startedWith = new WeakMap<object, string>();

/** Our own backend on one of ONNX Runtime's execution providers. */
export function ortBackend({ name, title, provider, needs }: OrtChoice): Backend {
  return defineBackend({
    name,
    title,
    engine: 'onnxruntime-node',
    ...(needs !== undefined && { needs }),
    fuses: true,
    async start({ threads, without = [] }) {
      checkProvider(name, provider);
      const settings = JSON.stringify({ threads, without });
      // The declared type is wrong: there may be none.
      const running = tf.findBackend(name) as object | null;
      if (running !== null) {
        if (startedWith.get(running) !== settings) throw startedOtherwise(name);
        await tf.setBackend(name);
        return;
      }
      const executionProviders = [...new Set([provider, 'cpu'])];
      startedWith.set(registerOrtBackend({ name, threads, executionProviders, without }), settings);
      await tf.setBackend(name);
      // A provider is loaded with the first session: better now than after the data are read and the model built.
      await computeOnce().catch((cause: unknown) => {
        tf.removeBackend(name);
        throw new InputError(`ONNX Runtime's provider '${provider}' does not start here: ${reason(cause)}`, {
          option: 'backend',
          ...(needs === undefined ? {} : { hint: needs }),
          cause,
        });
      });
    },
  });
}

const startedOtherwise = (name: string): InputError =>
  new InputError(`The backend '${name}' runs in this process already, with other threads or without other fusions.`, {
    option: 'backend',
    hint: `Start it with the same settings, or call tf.removeBackend('${name}') first. Its tensors are lost then.`,
  });

/** onnxruntime-node only warns of a provider that it was built without, and computes on the next one. */
function checkProvider(name: string, provider: string): void {
  const built = listSupportedBackends().map((backend) => backend.name);
  if (built.includes(provider)) return;
  throw new InputError(`The backend '${name}' does not exist on ${process.platform}-${process.arch}.`, {
    option: 'backend',
    hint: `ONNX Runtime for this platform computes on: ${built.join(', ')}.`,
  });
}

async function computeOnce(): Promise<void> {
  const product = tf.tidy(() => tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])));
  try {
    await product.data();
  } finally {
    product.dispose();
  }
}

/** ONNX Runtime's own words, without the place in its source. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? reason(cause) : message.replace(/^\/\S+:\d+ .* was false\. /s, '').trim();
}
