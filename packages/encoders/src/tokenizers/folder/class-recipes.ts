import type { Fields } from '../pipeline/component.js';
import { type Role, type SpecialTokens, specialToken } from './special-tokens.js';
import type { TokenizerFileName } from './tokenizer-files.js';

export type ModelKind = 'WordPiece' | 'BPE' | 'Unigram';

/** What a class builds a tokenizer of, besides its vocabulary. */
export interface RecipeInput {
  /** tokenizer_config.json */
  readonly config: Fields;
  /** SentencePiece's table of characters, in base64. */
  readonly charsmap: string | undefined;
}

/** A setting of tokenizer_config.json that decides over a part of tokenizer.json. */
export interface Flag {
  /** Its key in tokenizer_config.json, and its value without that. */
  readonly key: string;
  readonly fallback: boolean | null;
  /** The type and the key of the part in tokenizer.json. */
  readonly type: string;
  readonly field: string;
}

/** A tokenizer class of transformers 5: everything but the vocabulary follows from the class and tokenizer_config.json. */
export interface ClassRecipe {
  readonly model: ModelKind;
  /** The files that hold the vocabulary where there is no tokenizer.json. */
  readonly vocabularyFiles: readonly TokenizerFileName[];
  /** Special tokens of which the files say nothing. */
  readonly roles: SpecialTokens;
  /** The roles of the tokens around a text. */
  readonly ends: readonly [start: Role, end: Role];
  /** Whether models with this tokenizer are told which text of a pair a token comes from. */
  readonly tokenTypes: boolean;
  /** What a tokenizer.json may have instead without meaning another tokenizer, by type. */
  readonly accepts: { readonly normalizer: readonly string[]; readonly pre_tokenizer: readonly string[] };
  readonly flags: readonly Flag[];
  readonly normalizer: (input: RecipeInput) => Fields | null;
  readonly preTokenizer: (input: RecipeInput) => Fields;
  readonly decoder: (input: RecipeInput) => Fields;
  readonly postProcessor: (tokens: PostProcessorTokens, input: RecipeInput) => Fields;
}

export interface PostProcessorTokens {
  readonly start: NamedId;
  readonly end: NamedId;
}

/** A special token with its id, as in `["[SEP]", 102]`. */
export type NamedId = readonly [token: string, id: number];

const roles = (tokens: Partial<Record<Role, string>>): SpecialTokens =>
  Object.fromEntries(Object.entries(tokens).map(([role, content]) => [role, specialToken(content)]));

/** A flag that is null or missing has its default. */
const flag = ({ config }: RecipeInput, key: string, fallback: boolean): boolean => {
  const value = config[key];
  return typeof value === 'boolean' ? value : fallback;
};

const item = (text: 'A' | 'B', typeId: number) => ({ Sequence: { id: text, type_id: typeId } });
const special = ([id]: NamedId, typeId = 0) => ({ SpecialToken: { id, type_id: typeId } });

function template(single: readonly Fields[], pair: readonly Fields[], tokens: readonly NamedId[]): Fields {
  const specials = tokens.map(([id, number]) => [id, { id, ids: [number], tokens: [id] }]);
  return { type: 'TemplateProcessing', single, pair, special_tokens: Object.fromEntries(specials) as Fields };
}

/** `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, the second text with type 1. */
function bertTemplate({ start, end }: PostProcessorTokens): Fields {
  const single = [special(start), item('A', 0), special(end)];
  return template(single, [...single, item('B', 1), special(end, 1)], [start, end]);
}

function bertNormalizer(input: RecipeInput): Fields {
  const { strip_accents: strips } = input.config;
  return {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: flag(input, 'tokenize_chinese_chars', true),
    strip_accents: typeof strips === 'boolean' ? strips : null,
    lowercase: flag(input, 'do_lower_case', true),
  };
}

const BERT_FLAGS: readonly Flag[] = [
  { key: 'do_lower_case', fallback: true, type: 'BertNormalizer', field: 'lowercase' },
  { key: 'strip_accents', fallback: null, type: 'BertNormalizer', field: 'strip_accents' },
  { key: 'tokenize_chinese_chars', fallback: true, type: 'BertNormalizer', field: 'handle_chinese_chars' },
];

const bert: ClassRecipe = {
  model: 'WordPiece',
  vocabularyFiles: ['vocab.txt'],
  roles: roles({ unk: '[UNK]', sep: '[SEP]', pad: '[PAD]', cls: '[CLS]', mask: '[MASK]' }),
  ends: ['cls', 'sep'],
  tokenTypes: true,
  accepts: { normalizer: ['BertNormalizer'], pre_tokenizer: ['BertPreTokenizer'] },
  flags: BERT_FLAGS,
  normalizer: bertNormalizer,
  preTokenizer: () => ({ type: 'BertPreTokenizer' }),
  decoder: () => ({ type: 'WordPiece', prefix: '##', cleanup: true }),
  postProcessor: bertTemplate,
};

const mpnet: ClassRecipe = {
  ...bert,
  roles: {
    ...roles({ bos: '<s>', eos: '</s>', unk: '[UNK]', sep: '</s>', pad: '<pad>', cls: '<s>' }),
    // The mask swallows the blank before it.
    mask: specialToken('<mask>', { lstrip: true }),
  },
  tokenTypes: false,
  postProcessor: ({ start, end }) => ({
    type: 'RobertaProcessing',
    sep: end,
    cls: start,
    trim_offsets: true,
    add_prefix_space: false,
  }),
};

const BYTE_LEVEL_PREFIX: Flag = {
  key: 'add_prefix_space',
  fallback: false,
  type: 'ByteLevel',
  field: 'add_prefix_space',
};

const roberta: ClassRecipe = {
  model: 'BPE',
  vocabularyFiles: ['vocab.json', 'merges.txt'],
  roles: roles({
    ...{ bos: '<s>', eos: '</s>', unk: '<unk>', sep: '</s>' },
    ...{ pad: '<pad>', cls: '<s>', mask: '<mask>' },
  }),
  ends: ['cls', 'sep'],
  tokenTypes: false,
  accepts: { normalizer: [], pre_tokenizer: ['ByteLevel'] },
  flags: [BYTE_LEVEL_PREFIX],
  normalizer: () => null,
  preTokenizer: (input) => ({
    type: 'ByteLevel',
    add_prefix_space: flag(input, 'add_prefix_space', false),
    trim_offsets: true,
    use_regex: true,
  }),
  decoder: () => ({ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }),
  postProcessor: ({ start, end }, input) => ({
    type: 'RobertaProcessing',
    sep: end,
    cls: start,
    trim_offsets: flag(input, 'trim_offsets', true),
    add_prefix_space: flag(input, 'add_prefix_space', false),
  }),
};

const metaspace = (input: RecipeInput, without: 'first' | 'never'): Fields => ({
  type: 'Metaspace',
  replacement: '▁',
  prepend_scheme: flag(input, 'add_prefix_space', true) ? 'always' : without,
  split: true,
});

const xlmRoberta: ClassRecipe = {
  model: 'Unigram',
  vocabularyFiles: ['sentencepiece.bpe.model'],
  roles: roberta.roles,
  ends: ['bos', 'eos'],
  tokenTypes: false,
  accepts: { normalizer: ['Precompiled', 'Replace'], pre_tokenizer: ['WhitespaceSplit', 'Metaspace'] },
  flags: [],
  normalizer: ({ charsmap }) =>
    charsmap === undefined ? null : { type: 'Precompiled', precompiled_charsmap: charsmap },
  preTokenizer: (input) => ({
    type: 'Sequence',
    pretokenizers: [{ type: 'WhitespaceSplit' }, metaspace(input, 'never')],
  }),
  decoder: (input) => metaspace(input, 'never'),
  postProcessor({ start, end }) {
    const single = [special(start), item('A', 0), special(end)];
    return template(single, [...single, special(end), item('B', 0), special(end)], [start, end]);
  },
};

/** transformers 5 normalizes DeBERTa's texts by these rules, and no longer by SentencePiece's table. */
const debertaV2: ClassRecipe = {
  model: 'Unigram',
  vocabularyFiles: ['spm.model'],
  roles: roles({
    ...{ bos: '[CLS]', eos: '[SEP]', unk: '[UNK]', sep: '[SEP]' },
    ...{ pad: '[PAD]', cls: '[CLS]', mask: '[MASK]' },
  }),
  ends: ['cls', 'sep'],
  tokenTypes: true,
  accepts: {
    normalizer: ['Lowercase', 'Strip', 'Precompiled', 'Replace', 'NFC'],
    pre_tokenizer: ['Punctuation', 'Metaspace'],
  },
  flags: [],
  normalizer: (input) => ({
    type: 'Sequence',
    normalizers: [
      ...(flag(input, 'do_lower_case', false) ? [{ type: 'Lowercase' }] : []),
      { type: 'Replace', pattern: { Regex: '\\s{2,}|[\\n\\r\\t]' }, content: ' ' },
      { type: 'NFC' },
      { type: 'Strip', strip_left: false, strip_right: true },
    ],
  }),
  preTokenizer: (input) => ({
    type: 'Sequence',
    pretokenizers: [
      ...(flag(input, 'split_by_punct', false) ? [{ type: 'Punctuation', behavior: 'Isolated' }] : []),
      metaspace(input, 'first'),
    ],
  }),
  decoder: (input) => metaspace(input, 'first'),
  postProcessor: bertTemplate,
};

/** The classes whose tokenizers are built as transformers 5 builds them. */
export const classRecipes: Readonly<Record<string, ClassRecipe>> = {
  BertTokenizer: bert,
  DistilBertTokenizer: { ...bert, tokenTypes: false },
  MPNetTokenizer: mpnet,
  RobertaTokenizer: roberta,
  XLMRobertaTokenizer: xlmRoberta,
  DebertaV2Tokenizer: debertaV2,
};
