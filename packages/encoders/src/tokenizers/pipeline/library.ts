import * as tokenizers from '@huggingface/tokenizers';
import type { Fields } from './component.js';

/**
 * The parts of Hugging Face's library that do what Python does: how a word is cut by each model, and the translation of
 * regular expressions. Its own declarations do not resolve under `nodenext`.
 */
interface Library {
  readonly WordPiece: new (model: Fields) => { encode(words: readonly string[]): string[] };
  readonly BPE: new (model: Fields) => { bpe(word: string): string[] };
  readonly SplitPreTokenizer: new (fields: { readonly pattern: { readonly Regex: string } }) => {
    readonly pattern: RegExp | null;
  };
}

export const { WordPiece, BPE, SplitPreTokenizer } = tokenizers as unknown as Library;
