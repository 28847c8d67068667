import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { type ReadTokenizerOptions, readTokenizer } from './read-tokenizer.js';

type Files = Readonly<Record<string, unknown>>;

async function folderWith(files: Files): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const read = async (files: Files, options: ReadTokenizerOptions = {}) =>
  readTokenizer(await folderWith(files), options);

async function refusal(files: Files, options: ReadTokenizerOptions = {}): Promise<InputError> {
  const error = await read(files, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

const ids = (tokenizer: Awaited<ReturnType<typeof read>>, ...texts: string[]) => [...tokenizer.encode(texts, 64).ids];

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const vocabularyOf = (...words: string[]) => [...SPECIALS, ...words].map((word) => `${word}\n`).join('');
const numbered = (...words: string[]) => Object.fromEntries([...SPECIALS, ...words].map((word, id) => [word, id]));

const wordPiece = (...words: string[]) => ({
  type: 'WordPiece',
  unk_token: '[UNK]',
  continuing_subword_prefix: '##',
  max_input_chars_per_word: 100,
  vocab: numbered(...words),
});

/** A tokenizer.json of BERT's kind, with some parts of another. */
const bertJson = (parts: Files = {}, words = ['film', 'Film']) => ({
  added_tokens: [],
  normalizer: {
    type: 'BertNormalizer',
    lowercase: true,
    strip_accents: null,
    handle_chinese_chars: true,
    clean_text: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: wordPiece(...words),
  ...parts,
});

const BY_FILE = { tokenizer_class: 'PreTrainedTokenizerFast', unk_token: '[UNK]' };
const token = (content: string, id: number, more: Files = {}) => ({
  ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: true, special: false },
  ...more,
});

describe('a folder whose files disagree', () => {
  const agreeing = { 'tokenizer.json': bertJson() };

  it('goes by tokenizer_config.json where that speaks, as Python does', async () => {
    const cased = await read({ ...agreeing, 'tokenizer_config.json': { do_lower_case: false } }, { modelType: 'bert' });
    expect(ids(cased, 'Film film FILM')).toEqual([2, 6, 5, 1, 3]);
    const uncased = await read(
      { ...agreeing, 'tokenizer_config.json': { do_lower_case: true } },
      { modelType: 'bert' },
    );
    expect(ids(uncased, 'Film film FILM')).toEqual([2, 5, 5, 5, 3]);
  });

  it('is refused where nobody speaks and Python would not do what tokenizer.json says', async () => {
    const normalizer = { type: 'BertNormalizer', lowercase: false };
    const error = await refusal({ 'tokenizer.json': bertJson({ normalizer }) }, { modelType: 'bert' });
    expect([error.message, error.where, error.hint].join(' ')).toMatch(
      /"lowercase" false.*tokenizer\.json.*"do_lower_case"/s,
    );
  });

  it('is refused where a flag has no effect on a tokenizer that goes by its file', async () => {
    const config = { ...BY_FILE, do_lower_case: false };
    const error = await refusal({ ...agreeing, 'tokenizer_config.json': config });
    expect([error.message, error.where].join(' ')).toMatch(/"do_lower_case" is false.*tokenizer_config\.json/s);
  });

  it.each([
    ['a normalizer', { normalizer: { type: 'NFC' } }, 'The normalizer "NFC" is none that a BertTokenizer has'],
    ['a pre-tokenizer', { pre_tokenizer: { type: 'Whitespace' } }, 'The pre_tokenizer "Whitespace" is none'],
    ['a model', { model: { type: 'BPE', vocab: {}, merges: [] } }, 'of the kind BPE, but its class needs WordPiece'],
  ])('is refused where the class has not %s of tokenizer.json', async (_, parts, message) => {
    const error = await refusal({ 'tokenizer.json': bertJson(parts) }, { modelType: 'bert' });
    expect(error.message).toContain(message);
    expect(error.hint).toContain('PreTrainedTokenizerFast');
  });

  it('is refused where an added token has not the id that Python gives it', async () => {
    const added = [token('<URL>', 9)];
    const error = await refusal({ 'tokenizer.json': bertJson({ added_tokens: added }) }, { modelType: 'bert' });
    expect(error.message).toBe('The added token "<URL>" is stated with id 9, but Python gives it id 7.');
  });
});

describe('added tokens of an uncased model', () => {
  const added = ['COVID-19', '[USER]', '<URL>', '北京'].map((content, i) => token(content, 7 + i));
  const files = { 'tokenizer.json': bertJson({ added_tokens: added }) };

  it('keep their ids, whatever the normalizer makes of their names', async () => {
    const tokenizer = await read(files, { modelType: 'bert' });
    expect(ids(tokenizer, 'COVID-19 covid-19 film<URL>[user] 北京')).toEqual([2, 7, 7, 5, 9, 8, 10, 3]);
    expect([tokenizer.tokenOf(7), tokenizer.idOf('[USER]'), tokenizer.vocabularySize]).toEqual(['COVID-19', 8, 11]);
  });

  it('need a row of the embedding table each', async () => {
    const error = await refusal(files, { modelType: 'bert', vocabularySize: 10 });
    expect(error.message).toBe('The tokenizer has 11 ids, config.json only 10 ("vocab_size").');
    expect((await read(files, { modelType: 'bert', vocabularySize: 11 })).vocabularySize).toBe(11);
  });
});

describe('what the library does otherwise than Python', () => {
  it('parts Chinese beyond the first plane, and knows no final sigma', async () => {
    const tokenizer = await read({ 'vocab.txt': vocabularyOf('ασ', 'ας', '𠀀', '𠀁') }, { modelType: 'bert' });
    expect(ids(tokenizer, 'ΑΣ ας 𠀀𠀁')).toEqual([2, 5, 6, 7, 8, 3]);
  });

  it('knows what a word of WordLevel is, and what is unknown', async () => {
    const model = { type: 'WordLevel', unk_token: '[UNK]', vocab: numbered('naïve', 'film', '_x') };
    const json = bertJson({ model, normalizer: null, pre_tokenizer: { type: 'Whitespace' } });
    const tokenizer = await read({ 'tokenizer.json': json, 'tokenizer_config.json': BY_FILE });
    expect(ids(tokenizer, 'naïve film, _x dull')).toEqual([5, 6, 1, 7, 1]);
  });

  it('gives both texts of a RoBERTa pair type 0, and those of a BERT pair 0 and 1', async () => {
    const processing = (type: string) => ({
      type,
      sep: ['[SEP]', 3],
      cls: ['[CLS]', 2],
      trim_offsets: true,
      add_prefix_space: false,
    });
    const config = { ...BY_FILE, model_input_names: ['input_ids', 'token_type_ids'] };
    const of = (type: string) =>
      read({ 'tokenizer.json': bertJson({ post_processor: processing(type) }), 'tokenizer_config.json': config });
    const roberta = (await of('RobertaProcessing')).encode(['film', 'film'], 16);
    expect([[...roberta.ids], [...roberta.typeIds]]).toEqual([
      [2, 5, 3, 3, 5, 3],
      [0, 0, 0, 0, 0, 0],
    ]);
    const bert = (await of('BertProcessing')).encode(['film', 'film'], 16);
    expect([[...bert.ids], [...bert.typeIds]]).toEqual([
      [2, 5, 3, 5, 3],
      [0, 0, 0, 1, 1],
    ]);
  });

  it('tells types only to models that ask for them', async () => {
    const files = {
      'vocab.txt': vocabularyOf('film'),
      'tokenizer_config.json': { tokenizer_class: 'DistilBertTokenizer' },
    };
    const { typeIds } = (await read(files, { modelType: 'distilbert' })).encode(['film', 'film'], 16);
    expect([...typeIds]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('a pipeline that cannot be Python’s', () => {
  const bpe = (more: Files) => ({ type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: [['a', 'b']], ...more });

  it.each([
    ['normalizer', { normalizer: { type: 'Nmt' } }, 'The normalizer "Nmt" is not supported.'],
    [
      'normalizer in a sequence',
      { normalizer: { type: 'Sequence', normalizers: [{ type: 'ByteLevel' }] } },
      '"ByteLevel"',
    ],
    [
      'pre-tokenizer',
      { pre_tokenizer: { type: 'UnicodeScripts' } },
      'The pre_tokenizer "UnicodeScripts" is not supported.',
    ],
    ['model', { model: { type: 'Magic' } }, 'The model "Magic" is not supported.'],
    ['post-processor', { post_processor: { type: 'Else' } }, 'The post_processor "Else" is not supported.'],
    ['decoder', { decoder: { type: 'CTC' } }, 'The decoder "CTC" is not supported.'],
    ['chance', { model: bpe({ dropout: 0.1 }) }, '"dropout" 0.1 is not supported'],
    ['suffix', { model: bpe({ end_of_word_suffix: '</w>' }) }, '"end_of_word_suffix" "</w>" is not supported'],
    ['byte fallback', { model: bpe({ byte_fallback: true }) }, '"byte_fallback" true is not supported'],
    ['merge without a token', { model: bpe({ vocab: { a: 0, b: 1 } }) }, 'the merge "a b" needs "ab"'],
    [
      'unknown token',
      { model: { ...wordPiece(), unk_token: '<unk>' } },
      'its unknown token <unk> is not in its vocabulary',
    ],
    [
      'unknown id',
      { model: { type: 'Unigram', vocab: [['a', -1]], unk_id: null } },
      '"unk_id" should be a whole number',
    ],
    [
      'character map',
      { normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } },
      'its character map is cut short',
    ],
    [
      'pattern',
      { normalizer: { type: 'Replace', pattern: { Regex: '(' }, content: '' } },
      'the pattern ( cannot be read',
    ],
  ])('is refused by the name of its %s', async (_, parts, message) => {
    const folder = await folderWith({ 'tokenizer.json': bertJson(parts), 'tokenizer_config.json': BY_FILE });
    const error: unknown = await readTokenizer(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(message);
    expect((error as InputError).where).toBe(join(folder, 'tokenizer.json'));
  });

  it('names the classes that are supported', async () => {
    const error = await refusal({
      'vocab.txt': '',
      'tokenizer_config.json': { tokenizer_class: 'CamembertTokenizer' },
    });
    expect(error.message).toBe('The tokenizer class CamembertTokenizer is not supported.');
    expect(error.hint).toContain('XLMRobertaTokenizer');
  });
});

describe('a vocabulary without tokenizer.json', () => {
  it.each([
    ['bert', 'vocab.txt'],
    ['roberta', 'vocab.json and merges.txt'],
    ['xlm-roberta', 'sentencepiece.bpe.model'],
    ['deberta-v2', 'spm.model'],
  ])('of %s is missed by its name', async (modelType, name) => {
    const error = await refusal({}, { modelType });
    expect([error.message, error.where]).toEqual([
      `The folder has no tokenizer: neither tokenizer.json nor ${name}.`,
      expect.stringMatching(/tokenizer\.json$/),
    ]);
  });

  it('is missed in its second file too, and where only a tokenizer.json would do', async () => {
    expect((await refusal({ 'vocab.json': {} }, { modelType: 'roberta' })).where).toMatch(/merges\.txt$/);
    expect((await refusal({}, { modelType: 'modernbert' })).where).toMatch(/tokenizer\.json$/);
  });

  it('is refused when it is broken', async () => {
    const model = await refusal({ 'spm.model': 'no protobuf' }, { modelType: 'deberta-v2' });
    expect(model.message).toMatch(/SentencePiece/);
    const merges = { 'vocab.json': { a: 0 }, 'merges.txt': '#version: 0.2\na b c\n' };
    expect((await refusal(merges, { modelType: 'roberta' })).where).toMatch(/merges\.txt:2$/);
  });

  it('is saved byte for byte, beside a tokenizer.json', async () => {
    const from = fixture('tokenizers/deberta-spm');
    const folder = await temporaryFolder();
    await (await readTokenizer(from, { modelType: 'deberta-v2' })).saveTo(folder);
    expect(await readFile(join(folder, 'spm.model'))).toEqual(await readFile(join(from, 'spm.model')));
    expect(JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'))).toMatchObject({
      model: { type: 'Unigram' },
    });
  });
});
