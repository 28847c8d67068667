import { InputError } from '@rose/foundation';
import { type Fields, isFields } from '../pipeline/component.js';
import type { ClassRecipe, ModelKind } from './class-recipes.js';
import {
  CONTROL_PIECE,
  type SentencePieceModel,
  USER_DEFINED_PIECE,
  parseSentencePiece,
} from './sentencepiece-model.js';
import { type NewToken, type SpecialTokens, specialToken } from './special-tokens.js';
import type { TokenizerFiles } from './tokenizer-files.js';

/** The vocabulary of a class's tokenizer, wherever it came from. */
export interface Vocabulary {
  /** The model as in tokenizer.json. */
  readonly model: Fields;
  /** SentencePiece's table of characters, in base64. */
  readonly charsmap: string | undefined;
  /** Tokens of the vocabulary that are found in texts as a whole. */
  readonly found: readonly NewToken[];
  /** The file it was read from. */
  readonly where: string;
}

type Pairs = readonly (readonly [string, number])[];

interface Source {
  readonly files: TokenizerFiles;
  readonly recipe: ClassRecipe;
  readonly roles: SpecialTokens;
}

/** The vocabulary of a class, from tokenizer.json or from the class's own files. */
export function readVocabulary(source: Source): Vocabulary {
  const { files, recipe } = source;
  if (files.has('tokenizer.json')) return fromTokenizerJson(source);
  const missing = recipe.vocabularyFiles.filter((name) => !files.has(name));
  if (missing.length > 0) {
    // A folder without any of them most likely lacks what all others have.
    const isEmpty = missing.length === recipe.vocabularyFiles.length;
    throw new InputError(
      `The folder has no tokenizer: neither tokenizer.json nor ${recipe.vocabularyFiles.join(' and ')}.`,
      {
        where: files.path((isEmpty ? undefined : missing[0]) ?? 'tokenizer.json'),
        hint: 'Copy them into the folder; `AutoTokenizer.from_pretrained(…).save_pretrained(folder)` writes tokenizer.json.',
      },
    );
  }
  switch (recipe.model) {
    case 'WordPiece':
      return {
        model: wordPiece(linesToIds(files.text('vocab.txt')), source),
        ...NOTHING_ELSE,
        where: files.path('vocab.txt'),
      };
    case 'BPE':
      return {
        model: bpe(files.json('vocab.json').fields, mergesOf(files.text('merges.txt'), files.path('merges.txt'))),
        ...NOTHING_ELSE,
        where: files.path('vocab.json'),
      };
    case 'Unigram':
      return fromSentencePiece(source);
  }
}

const NOTHING_ELSE = { charsmap: undefined, found: [] };

function fromTokenizerJson({ files, recipe, roles }: Source): Vocabulary {
  const where = files.path('tokenizer.json');
  const { model, normalizer } = files.json('tokenizer.json').fields;
  if (!isFields(model)) throw new InputError('"model" should be an object.', { where, hint: HINT });
  const kind = kindOf(model);
  if (kind !== recipe.model) {
    throw new InputError(`The tokenizer is of the kind ${kind}, but its class needs ${recipe.model}.`, {
      where,
      hint: 'Set "tokenizer_class" in tokenizer_config.json to PreTrainedTokenizerFast to go by tokenizer.json alone.',
    });
  }
  const rest = { charsmap: charsmapOf(normalizer), found: [], where };
  const { vocab, merges } = model;
  if (recipe.model === 'Unigram')
    return { model: unigram(Array.isArray(vocab) ? (vocab as Pairs) : [], undefined, { recipe, roles }), ...rest };
  const ids = isFields(vocab) ? vocab : {};
  return { model: recipe.model === 'WordPiece' ? wordPiece(ids, { roles }) : bpe(ids, merges), ...rest };
}

const HINT = 'Save the tokenizer again with a current version of transformers.';

/** Old files do not say of which type the model is. */
function kindOf({ type, vocab, merges }: Fields): ModelKind | string {
  if (typeof type === 'string') return type;
  if (Array.isArray(vocab)) return 'Unigram';
  return merges === undefined ? 'WordPiece' : 'BPE';
}

/** The first table of SentencePiece among normalizers. */
function charsmapOf(normalizer: unknown): string | undefined {
  if (!isFields(normalizer)) return undefined;
  const { type, normalizers, precompiled_charsmap: charsmap } = normalizer;
  if (type === 'Precompiled' && typeof charsmap === 'string') return charsmap;
  const parts: unknown[] = Array.isArray(normalizers) ? normalizers : [];
  return parts.map(charsmapOf).find((found) => found !== undefined);
}

function wordPiece(vocab: Fields, { roles }: Pick<Source, 'roles'>): Fields {
  const unknown = roles.unk?.content ?? '[UNK]';
  return {
    type: 'WordPiece',
    unk_token: unknown,
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab,
  };
}

const bpe = (vocab: Fields, merges: unknown): Fields => ({
  ...{ type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '' },
  ...{ fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab, merges },
});

/** XLM-R's unknown piece has number 3; DeBERTa's is found by its name. */
function unigram(
  vocab: Pairs,
  stated: number | undefined,
  { recipe, roles }: Pick<Source, 'recipe' | 'roles'>,
): Fields {
  const named = vocab.findIndex(([piece, score]) => piece === roles.unk?.content && score === 0);
  const unknown = recipe.vocabularyFiles.includes('spm.model') ? (named >= 0 ? named : (stated ?? 1)) : 3;
  return { type: 'Unigram', unk_id: unknown, byte_fallback: false, vocab };
}

/** A token a line. Its number is its id, also after a line that is empty or comes twice. */
function linesToIds(text: string): Record<string, number> {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const ids = new Map(lines.map((line, id) => [line.replace(/\p{White_Space}+$/u, ''), id]));
  return Object.fromEntries(ids);
}

function mergesOf(text: string, where: string): [string, string][] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line, i): [string, string][] => {
    if (line.startsWith('#version')) return [];
    const [left, right, ...rest] = line.split(' ');
    if (left !== undefined && right !== undefined && rest.length === 0) return [[left, right]];
    throw new InputError('A line of the merges should be two tokens with a blank between.', {
      where: `${where}:${i + 1}`,
      hint: 'Fetch the file again.',
    });
  });
}

function fromSentencePiece(source: Source): Vocabulary {
  const { files, recipe, roles } = source;
  const [name = 'spm.model'] = recipe.vocabularyFiles;
  const where = files.path(name);
  const model = parseSentencePiece(files.bytes(name), where);
  const pieces =
    recipe.ends[0] === 'bos'
      ? fairseqPieces(model, roles)
      : model.pieces.map(({ text, score }) => [text, score] as const);
  const found = model.pieces.flatMap(({ text, kind }) => {
    if (kind !== CONTROL_PIECE && kind !== USER_DEFINED_PIECE) return [];
    return [specialToken(text, { special: kind === CONTROL_PIECE })];
  });
  return { model: unigram(pieces, model.unknownId, { recipe, roles }), charsmap: model.charsmap, found, where };
}

/** XLM-R was trained with fairseq, which puts four tokens of its own before the pieces, and a mask behind. */
function fairseqPieces({ pieces }: SentencePieceModel, roles: SpecialTokens): Pairs {
  const own = [roles.bos, roles.pad, roles.eos, roles.unk].map((token) => [token?.content ?? 'None', 0] as const);
  const mask = [roles.mask?.content ?? 'None', 0] as const;
  return [...own, ...pieces.slice(3).map(({ text, score }) => [text, score] as const), mask];
}
