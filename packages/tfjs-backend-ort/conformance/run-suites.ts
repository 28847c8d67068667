import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { type Result, boot } from 'jasmine-core';
import { registerOrtBackend } from '../src/index.js';

/** How one spec of TensorFlow.js went. */
export interface SpecResult {
  /** Path under `@tensorflow/tfjs-core/dist`. */
  readonly file: string;
  /** Names of its suites, outermost first, and its own. */
  readonly name: string;
  /** `pending` if its author has switched it off. */
  readonly status: 'passed' | 'failed' | 'pending';
  readonly messages: readonly string[];
  readonly milliseconds: number;
}

/** Defines the specs of one test file, with the global functions of jasmine. */
export type Suite = () => unknown;

/** Runs the suites, by file, against the `ort` backend. */
export async function runSuites(suites: Readonly<Record<string, Suite>>): Promise<SpecResult[]> {
  const jasmine = boot().getEnv();
  jasmine.configure({ random: false });
  registerOrtBackend({ threads: 1, maxSessions: 2 });
  // Data are not to be had synchronously, but the suites that try are to be counted, not left out silently.
  setTestEnvs([{ name: 'ort', backendName: 'ort', isDataSync: true }]);

  const fileOfSuite = new Map<string, string>();
  for (const [file, define] of Object.entries(suites)) {
    const before = jasmine.topSuite().children.length;
    define();
    for (const { id } of jasmine.topSuite().children.slice(before)) fileOfSuite.set(id, file);
  }

  const results: SpecResult[] = [];
  let file = '';
  jasmine.addReporter({
    suiteStarted: ({ id }) => {
      file = fileOfSuite.get(id) ?? file;
    },
    specDone: (result) => {
      results.push(toSpecResult(file, result));
    },
    suiteDone: (result) => {
      // What went wrong around its specs.
      if (result.failedExpectations.length > 0) results.push(toSpecResult(file, result));
    },
  });
  await jasmine.execute();
  return results;
}

function toSpecResult(file: string, { fullName, status, failedExpectations, duration }: Result): SpecResult {
  return {
    file,
    // TensorFlow.js writes the backend and its flags behind the name of every suite.
    name: fullName.replaceAll(' ort {}', '').replaceAll(/\s+/g, ' '),
    status: status === 'passed' || status === 'pending' ? status : 'failed',
    messages: failedExpectations.map(({ message }) => message),
    milliseconds: duration ?? 0,
  };
}
