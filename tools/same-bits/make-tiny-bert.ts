// Made fixtures/tiny-bert once: a random BERT of 2 layers, 16 units wide, and a vocabulary of the commonest words and
// parts of words of some texts, and all letters.
//   npx tsx tools/same-bits/make-tiny-bert.ts TEXTS FOLDER
// Whoever makes it anew records anew: every number of recorded.json follows from it.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [texts, folder] = process.argv.slice(2);
if (!texts || !folder) throw new Error('Give a file with texts, such as the train.tsv of mini-GLUE, and a folder.');

const width = 16;
const inner = 24;
const layers = 2;
const positions = 48;
const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];

/** Few pieces, because TensorFlow.js's plain JavaScript takes a pass over all tokens for the gradient of each. */
function vocabularyOf(text: string): string[] {
  const words = [...text.toLowerCase().matchAll(/[a-z]+/g)].map(([word]) => word);
  const whole = commonest(words, 40);
  const rest = words.filter((word) => !whole.includes(word));
  const starts = rest.flatMap((word) => [2, 3, 4].map((length) => word.slice(0, length)));
  const inside = rest.flatMap((word) =>
    [...word.slice(1)].flatMap((_, i) => [2, 3, 4].map((length) => word.slice(i + 1, i + 1 + length))),
  );
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const first = [...letters, ...`.,;:!?'"-`, ...whole, ...commonest(starts, 40)];
  const later = [...letters, ...commonest(inside, 40)].map((piece) => `##${piece}`);
  return [...new Set([...specials, ...first, ...later])];
}

/** Those that save the most pieces, as against a piece a letter. */
function commonest(pieces: readonly string[], count: number): string[] {
  const saved = new Map<string, number>();
  for (const piece of pieces) saved.set(piece, (saved.get(piece) ?? 0) + piece.length - 1);
  return [...saved]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, count)
    .map(([piece]) => piece);
}

/** As many numbers between -1 and 1 as asked, from SHA-256 of the name and a counter: float32, the same everywhere. */
function numbers(name: string, size: number): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const digest = createHash('sha256').update(`${name} ${i}`).digest();
    values[i] = digest.readUInt32LE() / 2 ** 31 - 1;
  }
  return values;
}

/** [out, in] and bias, so wide that no unit stays in the linear range. */
const linear = (name: string, outputs: number, inputs: number): [string, number[], number][] => [
  [`${name}.weight`, [outputs, inputs], 0.7],
  [`${name}.bias`, [outputs], 0.1],
];
const norm = (name: string): [string, number[], number][] => [
  [`${name}.weight`, [width], 0.1],
  [`${name}.bias`, [width], 0.1],
];

function tensors(words: number): [string, number[], number][] {
  const layer = (i: number): [string, number[], number][] => {
    const at = `bert.encoder.layer.${i}`;
    return [
      ...['query', 'key', 'value'].flatMap((part) => linear(`${at}.attention.self.${part}`, width, width)),
      ...linear(`${at}.attention.output.dense`, width, width),
      ...norm(`${at}.attention.output.LayerNorm`),
      ...linear(`${at}.intermediate.dense`, inner, width),
      ...linear(`${at}.output.dense`, width, inner),
      ...norm(`${at}.output.LayerNorm`),
    ];
  };
  return [
    ['bert.embeddings.word_embeddings.weight', [words, width], 0.6],
    ['bert.embeddings.position_embeddings.weight', [positions, width], 0.1],
    ['bert.embeddings.token_type_embeddings.weight', [2, width], 0.1],
    ...norm('bert.embeddings.LayerNorm'),
    ...Array.from({ length: layers }, (_, i) => layer(i)).flat(),
    ...linear('bert.pooler.dense', width, width),
  ];
}

function safetensors(all: readonly [string, number[], number][]): Buffer {
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, shape, scale] of all) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const centre = name.endsWith('LayerNorm.weight') ? 1 : 0;
    const values = numbers(name, size).map((value) => centre + scale * value);
    const bytes = Buffer.alloc(4 * size);
    values.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  }
  const text = JSON.stringify(header);
  const padded = Buffer.from(text.padEnd(8 * Math.ceil(text.length / 8)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, ...parts]);
}

const pieces = vocabularyOf(readFileSync(texts, 'utf8'));
const config = {
  architectures: ['BertModel'],
  model_type: 'bert',
  hidden_act: 'gelu',
  hidden_size: width,
  num_hidden_layers: layers,
  num_attention_heads: 2,
  intermediate_size: inner,
  max_position_embeddings: positions,
  type_vocab_size: 2,
  vocab_size: pieces.length,
  layer_norm_eps: 1e-12,
  hidden_dropout_prob: 0.1,
  attention_probs_dropout_prob: 0.1,
  pad_token_id: 0,
};
const tokenizer = {
  version: '1.0',
  truncation: null,
  padding: null,
  added_tokens: specials.map((content, id) => ({
    ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  })),
  normalizer: {
    ...{ type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
  decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  model: {
    ...{ type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100 },
    vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
  },
};
const tokenizerConfig = {
  ...{ tokenizer_class: 'BertTokenizer', do_lower_case: true, model_max_length: positions },
  ...{ pad_token: '[PAD]', unk_token: '[UNK]', cls_token: '[CLS]', sep_token: '[SEP]', mask_token: '[MASK]' },
};

mkdirSync(folder, { recursive: true });
for (const [name, value] of Object.entries({
  'config.json': config,
  'tokenizer.json': tokenizer,
  'tokenizer_config.json': tokenizerConfig,
})) {
  writeFileSync(path.join(folder, name), `${JSON.stringify(value, null, 1)}\n`);
}
writeFileSync(path.join(folder, 'model.safetensors'), safetensors(tensors(pieces.length)));
console.log(`${pieces.length} pieces`);
