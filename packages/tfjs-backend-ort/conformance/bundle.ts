import { build } from 'esbuild';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Suite, runSuites } from './run-suites.js';

/** What the bundle exports. */
export interface ConformanceBundle {
  readonly runSuites: typeof runSuites;
  /** By path under `@tensorflow/tfjs-core/dist`. */
  readonly suites: Readonly<Record<string, Suite>>;
}

/**
 * The tests that reach a kernel. Left out are those of TensorFlow.js's own machinery (engine, environment, platforms,
 * input and output …), which are the same under every backend.
 */
const TEST_FILES = /^(ops\/.*|optimizers\/.*|buffer|debug_mode|gradients|tensor|tensor_util|variable)_test\.js$/;

/** TensorFlow.js's distribution as ES modules, tests included. */
const DIST = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUT = join(HERE, '../out-tsc/conformance/suites.cjs');

/** Test files that match, or all of them. */
export function testFiles(filter = ''): string[] {
  const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => TEST_FILES.test(file) && file.includes(filter)).sort();
}

/**
 * Bundles the backend's source and the test files into one module and loads it. The tests import TensorFlow.js by
 * relative paths and without file extensions, which Node does not take; and both must share one copy of it.
 */
export async function loadBundle(files: readonly string[]): Promise<ConformanceBundle> {
  const suites = files.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(join(DIST, file))}),`);
  await build({
    stdin: {
      contents: [`export { runSuites } from './run-suites.js';`, 'export const suites = {', ...suites, '};'].join('\n'),
      resolveDir: HERE,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The entry of tfjs-core for Node is a bundle of its own.
    mainFields: ['module', 'main'],
    external: ['onnxruntime-node', 'onnxruntime-common', 'jasmine-core'],
    outfile: OUTPUT,
    logLevel: 'warning',
  });
  return (await import(pathToFileURL(OUTPUT).href)) as ConformanceBundle;
}
