import { readFileSync, readdirSync } from 'node:fs';
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
  readonly problem: 'classification' | 'regression' | 'masked-lm';
  /** Of the head; 0 for a masked-language model. */
  readonly classes: number;
  readonly padId: number;
  /** The rows of the batch, not padded. */
  readonly sequences: readonly { readonly ids: Int32Array; readonly typeIds: Int32Array }[];
  /** A class or a number for each row; none for a masked-language model. */
  readonly labels: readonly number[];
}

interface Written extends Pick<FamilyCase, 'problem' | 'padId' | 'labels'> {
  readonly classes?: number;
  readonly ids: number[][];
  readonly typeIds: number[][];
}

const readJson = <T>(...parts: string[]): T => JSON.parse(readFileSync(path.join(...parts), 'utf8')) as T;

function readCase(name: string): FamilyCase {
  const folder = path.join(folders, name);
  const { ids, typeIds, classes = 0, ...written } = readJson<Written>(folder, 'goldens.json');
  return {
    ...written,
    name,
    folder,
    classes,
    modelType: readJson<{ model_type: string }>(folder, 'config.json').model_type,
    sequences: ids.map((row, i) => ({ ids: Int32Array.from(row), typeIds: Int32Array.from(typeIds[i] ?? []) })),
  };
}

/** All cases, by name in alphabetical order. */
export const familyCases = (): FamilyCase[] => readdirSync(folders).sort().map(readCase);

/** A copy of a case's folder that can be loaded: with a tokenizer, which no test asks for tokens. */
export async function folderWithTokenizer({ folder, padId }: FamilyCase): Promise<string> {
  const copy = await temporaryFolder();
  for (const file of ['config.json', 'model.safetensors']) await cp(path.join(folder, file), path.join(copy, file));
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
  await writeFile(path.join(copy, 'tokenizer_config.json'), JSON.stringify({ pad_token: '[PAD]' }));
  return copy;
}
