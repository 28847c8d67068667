import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LanguageModel } from '@rose/attacks';
import { fileHash, InputError } from '@rose/foundation';
import { transformersLanguageModel } from './transformers-language-model.js';

/**
 * The language model that a user has named: a module (./lm.mjs, module:FILE), or for transformers.js a folder or a name on
 * the hub (transformers:NAME, or just the name).
 * @throws InputError for what is neither
 */
export async function openLanguageModel(model: string, { threads }: { threads: number }): Promise<LanguageModel> {
  const [, kind, rest = model] = /^(module|transformers):(.+)$/.exec(model) ?? [];
  const isModule = kind === 'module' || (kind === undefined && /\.[cm]?[jt]s$/.test(model));
  return isModule ? moduleLanguageModel(rest) : transformersLanguageModel({ model: rest, threads });
}

/**
 * A language model from a user's module: `export async function perplexities(texts)`, one number a text. It may also
 * export `name` and `version`. The hash is that of the file itself; what it imports or calls is its author's to pin.
 * @throws InputError for a file that cannot be loaded, or exports no such function
 */
async function moduleLanguageModel(file: string): Promise<LanguageModel> {
  const where = path.resolve(file);
  if (!existsSync(where)) {
    throw new InputError('There is no such module.', { where, option: 'model', hint: 'Check the path.' });
  }
  const loaded = (await import(pathToFileURL(where).href).catch((cause: unknown) => {
    throw new InputError(`The module cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      where,
      option: 'model',
      hint: 'Give an ES module (.mjs) that exports a function `perplexities`.',
      cause,
    });
  })) as { perplexities?: unknown; name?: unknown; version?: unknown };
  const { perplexities, name, version } = loaded;
  if (typeof perplexities !== 'function') {
    throw new InputError('The module exports no function `perplexities`.', {
      where,
      option: 'model',
      hint: 'export async function perplexities(texts) { … } gives e to the mean negative log-likelihood of a token.',
    });
  }
  return {
    name: typeof name === 'string' ? name : path.basename(file),
    ...(typeof version === 'string' && { version }),
    hash: await fileHash(where),
    perplexities: async (texts) => (await perplexities(texts)) as number[],
  };
}
