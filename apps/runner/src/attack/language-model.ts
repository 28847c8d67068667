import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LanguageModel } from '@rose/attacks';
import { InputError } from '@rose/foundation';

/**
 * A language model from a user's module: `export async function perplexities(texts)`, one number a text.
 * @throws InputError for a file that cannot be loaded, or exports no such function
 */
export async function languageModelFrom(file: string): Promise<LanguageModel> {
  const where = path.resolve(file);
  const loaded = (await import(pathToFileURL(where).href).catch((cause: unknown) => {
    throw new InputError(`The module cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`, {
      where,
      hint: 'Give an ES module (.mjs) that exports a function `perplexities`.',
      cause,
    });
  })) as { perplexities?: unknown; name?: unknown };
  const { perplexities, name } = loaded;
  if (typeof perplexities !== 'function') {
    throw new InputError('The module exports no function `perplexities`.', {
      where,
      hint: 'export async function perplexities(texts) { … } gives e to the mean negative log-likelihood of a token.',
    });
  }
  return {
    name: typeof name === 'string' ? name : path.basename(file),
    perplexities: async (texts) => (await perplexities(texts)) as number[],
  };
}
