import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { victimFrom } from '@rose/attacks';
import { fileHash, InputError } from '@rose/foundation';
import { z } from 'zod';
import { callSettings, defineVictim } from './victim-kind.js';

interface VictimModule {
  readonly probabilities?: unknown;
  readonly gradientNorms?: unknown;
  readonly name?: unknown;
  readonly batchSize?: unknown;
  readonly callsAtOnce?: unknown;
  readonly dispose?: unknown;
}

type Rows = readonly (readonly number[])[];

/**
 * A victim from a user's own module: `export async function probabilities(inputs)`, from lists of one or two texts to rows
 * of probabilities in the task's order of labels. It may also export `name`, `batchSize`, `callsAtOnce`, `gradientNorms` and
 * `dispose`. The hash is that of the file itself; what it imports or calls is its author's to pin.
 *
 * `open` throws InputError for a file that cannot be loaded, or exports no such function.
 */
export const moduleVictim = defineVictim({
  name: 'module',
  title: 'A JavaScript file that exports probabilities(inputs)',
  takesLabels: false,
  settings: z.strictObject(callSettings),
  recognises: (source) => /\.[cm]?[jt]s$/.test(source),
  async open({ source: file }) {
    const loaded = await load(file);
    const { probabilities, gradientNorms, batchSize, callsAtOnce, dispose } = loaded;
    if (typeof probabilities !== 'function') {
      throw new InputError('The module exports no function `probabilities`.', {
        where: path.resolve(file),
        option: 'source',
        hint: 'export async function probabilities(inputs) { return inputs.map(([text]) => [0.5, 0.5]); }',
      });
    }
    const name = typeof loaded.name === 'string' ? loaded.name : path.basename(file);
    const victim = victimFrom(name, async (inputs) => (await probabilities(inputs)) as Rows);
    return {
      victim: {
        ...victim,
        ...(typeof batchSize === 'number' && { batchSize }),
        ...(typeof callsAtOnce === 'number' && { callsAtOnce }),
        ...(typeof gradientNorms === 'function' && {
          gradientNorms: async (...asked: unknown[]) => (await gradientNorms(...asked)) as Rows,
        }),
      },
      description: { kind: 'module', name, hash: await fileHash(file) },
      dispose: async () => {
        if (typeof dispose === 'function') await dispose();
      },
    };
  },
});

async function load(file: string): Promise<VictimModule> {
  const full = path.resolve(file);
  if (!existsSync(full)) {
    throw new InputError('There is no such module.', { where: full, option: 'source', hint: 'Check the path.' });
  }
  try {
    return (await import(pathToFileURL(full).href)) as VictimModule;
  } catch (cause) {
    throw new InputError(`The module cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      where: full,
      option: 'source',
      hint: 'Give an ES module (.mjs) that exports a function `probabilities`.',
      cause,
    });
  }
}
