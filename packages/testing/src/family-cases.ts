import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.js';

const folders = fileURLToPath(new URL('../../encoders/src/testing/fixtures/families', import.meta.url));

/** A tiny random model of some family, and what Python's transformers makes of it (`tools/goldens/families.py`). */
export interface FamilyCase {
  readonly name: string;
  /** config.json, model.safetensors and goldens.safetensors; no tokenizer. */
  readonly folder: string;
  readonly modelType: string;
  /** Of the feed-forward networks. */
  readonly activation: string;
  readonly problem: 'classification' | 'regression' | 'masked-lm';
  /** Of the head; 0 for a masked-language model. */
  readonly classes: number;
  readonly padId: number;
  /** The rows of the batch, not padded. */
  readonly sequences: readonly { readonly ids: Int32Array; readonly typeIds: Int32Array }[];
  /** A class or a number for each row; none for a masked-language model. */
  readonly labels: readonly number[];
}

/** Five optimizer steps on a case by PyTorch (`tools/goldens/families_training.py`). */
export interface FamilyTraining {
  readonly settings: {
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    readonly weightDecay: number;
    readonly maxGradientNorm: number;
  };
  readonly learningRates: readonly number[];
  /** At every place that drops. */
  readonly rate: number;
  /** Settings of `rose-ensemble`. */
  readonly rose: object;
  /** Which draw of masks: RandomStream.of('families', case, draw, step, place). */
  readonly draw: number;
  /** Of the places at which transformers drops, in its order, in two passes as one batch. */
  readonly maskShapes: readonly (readonly number[])[];
  /** In the order in which training.safetensors joins their values. */
  readonly parameters: readonly { readonly name: string; readonly size: number; readonly decayed: boolean }[];
  /** How many tensors ROSE's rule selects. */
  readonly maskable: number;
  readonly methods: Readonly<Record<string, { readonly losses: readonly number[] }>>;
}

interface Written extends Pick<FamilyCase, 'problem' | 'padId' | 'labels'> {
  readonly classes?: number;
  readonly ids: number[][];
  readonly typeIds: number[][];
}

/** Of a pooler, the rate is 0 in all that is published. */
const isRate = (key: string): boolean => key.includes('dropout') && key !== 'pooler_dropout';

const readJson = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;

function readCase(name: string): FamilyCase {
  const folder = path.join(folders, name);
  const { ids, typeIds, classes = 0, ...written } = readJson<Written>(folder, 'goldens.json');
  const config = readJson<Record<string, string | undefined>>(folder, 'config.json');
  return {
    ...written,
    name,
    folder,
    classes,
    modelType: config['model_type'] ?? '',
    activation: config['hidden_act'] ?? config['activation'] ?? config['hidden_activation'] ?? '',
    sequences: ids.map((row, i) => ({ ids: Int32Array.from(row), typeIds: Int32Array.from(typeIds[i] ?? []) })),
  };
}

/** All cases, by name in alphabetical order. */
export const familyCases = (): FamilyCase[] => readdirSync(folders).sort().map(readCase);

/** What training a case gives. Of those that are not trained, undefined. */
export function familyTraining({ folder }: FamilyCase): FamilyTraining | undefined {
  return existsSync(path.join(folder, 'training.json')) ? readJson(folder, 'training.json') : undefined;
}

/**
 * A copy of a case's folder that can be loaded: with a tokenizer, which no test asks for tokens.
 * @param rate replaces every dropout rate in config.json
 */
export async function folderWithTokenizer({ folder, padId }: FamilyCase, rate?: number): Promise<string> {
  const copy = await temporaryFolder();
  const config = Object.entries(readJson<Record<string, unknown>>(folder, 'config.json'));
  const changed = config.map(([key, value]) => [key, isRate(key) && value !== null ? (rate ?? value) : value]);
  await writeFile(path.join(copy, 'config.json'), JSON.stringify(Object.fromEntries(changed)));
  await cp(path.join(folder, 'model.safetensors'), path.join(copy, 'model.safetensors'));
  const words = ['[UNK]', '[CLS]', '[SEP]', '[MASK]'];
  const vocabulary = new Map(words.toSpliced(padId, 0, '[PAD]').map((word, id) => [word, id]));
  await writeFile(
    path.join(copy, 'tokenizer.json'),
    JSON.stringify({
      version: '1.0',
      added_tokens: [...vocabulary].map(([content, id]) => ({ id, content, special: true, normalized: false })),
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: {
        type: 'BertProcessing',
        sep: ['[SEP]', vocabulary.get('[SEP]')],
        cls: ['[CLS]', vocabulary.get('[CLS]')],
      },
      decoder: { type: 'WordPiece', prefix: '##' },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary),
      },
    }),
  );
  await writeFile(
    path.join(copy, 'tokenizer_config.json'),
    JSON.stringify({ pad_token: '[PAD]', tokenizer_class: 'PreTrainedTokenizerFast' }),
  );
  return copy;
}

/** A vocabulary for the golden cases, which have 24 ids. */
export const caseWords: readonly string[] = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'a', 'the', 'good', 'bad', 'film', 'movie', 'very', 'un', '##like'],
  ...['##able', '##ly', 'is', 'not', 'and', '.', ',', '!', '?', 'no'],
];

/** A copy of a case of BERT under `caseWords`, so that it reads texts and fills masks, though without sense. */
export async function folderWithWords(name: string): Promise<string> {
  const folder = await folderWithTokenizer(readCase(name));
  const file = path.join(folder, 'tokenizer.json');
  const definition = readJson<{ model: { vocab: unknown } }>(file);
  definition.model.vocab = Object.fromEntries(caseWords.map((word, id) => [word, id]));
  await writeFile(file, JSON.stringify(definition));
  const config = {
    pad_token: '[PAD]',
    mask_token: '[MASK]',
    unk_token: '[UNK]',
    tokenizer_class: 'PreTrainedTokenizerFast',
  };
  await writeFile(path.join(folder, 'tokenizer_config.json'), JSON.stringify(config));
  return folder;
}
