import { InputError, describeError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { type Backend, defineBackend } from './backend.js';

type TensorFlowPackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

/** What we look at of their backend. */
interface NodeBackend {
  readonly isUsingGpuDevice?: boolean;
  readonly binding?: { readonly TF_Version?: string };
}

/** Both packages register their backend under this name. */
const registeredAs = 'tensorflow';

/**
 * TensorFlow's own binding, an optional peer dependency: the package is loaded here, when it is asked for, and finds
 * the same copies of tfjs and tfjs-core as everything else, so that models and training are the same code.
 *
 * @param load imports the package; replaced in tests
 */
export function tensorFlowBackend(
  { name, title }: { readonly name: 'tfjs-node' | 'tfjs-node-gpu'; readonly title: string },
  load: (name: string) => Promise<unknown> = (specifier) => import(specifier),
): Backend {
  const engine: TensorFlowPackage = `@tensorflow/${name}`;
  return defineBackend({
    name,
    title,
    engine,
    async start({ threads }) {
      // TensorFlow reads its environment when its library is loaded; there is no other way to tell it.
      process.env['TF_NUM_INTRAOP_THREADS'] ??= String(threads);
      process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
      await load(engine).catch((error: unknown) => {
        throw isMissing(error, engine) ? missing(engine) : broken(engine, error);
      });
      // The declared type is wrong: there may be none.
      const found = tf.findBackend(registeredAs) as NodeBackend | null;
      if (found === null) throw apart(engine);
      if (name.endsWith('-gpu') && found.isUsingGpuDevice !== true) throw withoutGpu(engine);
      await tf.setBackend(registeredAs);
    },
    library: () => `TensorFlow ${(tf.backend() as NodeBackend).binding?.TF_Version ?? 'of unknown version'}`,
  });
}

const isMissing = (error: unknown, name: string): boolean =>
  error instanceof Error &&
  'code' in error &&
  /MODULE_NOT_FOUND$/.test(String(error.code)) &&
  // Not a module that the package itself asks for.
  new RegExp(`Cannot find (package|module) '${name}'`).test(error.message);

const option = 'backend';

const missing = (name: string): InputError =>
  new InputError(`The optional package ${name} is not installed.`, {
    option,
    hint: `npm install --no-save --ignore-scripts=false ${name}@${tf.version_core} installs it; its install script downloads libtensorflow from storage.googleapis.com. Where that is out of reach, see docs/tfjs-node.md.`,
  });

const broken = (name: string, error: unknown): InputError =>
  new InputError(`The package ${name} is installed but cannot be loaded: ${describeError(error).trim()}`, {
    option,
    hint: `npm rebuild ${name} --ignore-scripts=false runs its install script, which downloads libtensorflow and its binding. Where that is out of reach, see docs/tfjs-node.md.`,
    cause: error,
  });

const apart = (name: string): InputError =>
  new InputError(`The package ${name} has brought a copy of tfjs of its own; its tensors would not be ours.`, {
    option,
    hint: `Install the version that ours has: npm install --no-save --ignore-scripts=false ${name}@${tf.version_core}.`,
  });

const withoutGpu = (name: string): InputError =>
  new InputError(`TensorFlow finds no GPU; ${name} would compute on the CPU.`, {
    option,
    hint: 'It needs an NVIDIA driver, CUDA 11 and cuDNN 8. To compute on the CPU, name the backend ort or tfjs-node.',
  });
