import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { InputError, writeAtomically } from '@rose/foundation';
import { exists, readText } from '../files/files.js';
import { JsonObject } from '../files/json-object.js';
import type { TextTokenizer, TokenSequence } from './text-tokenizer.js';
import { columnsOf, roomFor } from './columns.js';
import { truncateLongestFirst } from './truncate-longest-first.js';

/** The part of the library that is used. Its own declarations do not resolve under `nodenext`. */
interface LoadedTokenizer {
  tokenize(text: string): string[];
  token_to_id(token: string): number | undefined;
  get_vocab(withAddedTokens: boolean): Map<string, number>;
  readonly post_processor: { post_process(first: string[], second: string[] | null): Wrapped } | null;
}

interface Wrapped {
  readonly tokens: readonly string[];
  readonly token_type_ids?: readonly number[];
}

const TOKENIZER = 'tokenizer.json';
const CONFIG = 'tokenizer_config.json';

/** The tokenizer that tokenizer.json describes, such as BERT's WordPiece. Its settings for truncation and padding are ignored. */
export class HuggingFaceTokenizer implements TextTokenizer {
  readonly padId: number;
  /** The largest id plus one: as many rows as the embedding table needs. */
  readonly vocabularySize: number;

  private constructor(
    private readonly tokenizer: LoadedTokenizer,
    private readonly files: ReadonlyMap<string, string>,
    padToken: string,
  ) {
    this.padId = tokenizer.token_to_id(padToken) ?? 0;
    this.vocabularySize = [...tokenizer.get_vocab(true).values()].reduce((most, id) => Math.max(most, id + 1), 0);
  }

  /** @throws InputError when tokenizer.json is missing or is not one */
  static async read(folder: string): Promise<HuggingFaceTokenizer> {
    const path = join(folder, TOKENIZER);
    const configPath = join(folder, CONFIG);
    const files = new Map([
      [
        TOKENIZER,
        await readText(
          path,
          'Copy tokenizer.json into the folder; `AutoTokenizer.from_pretrained(…).save_pretrained(folder)` writes it.',
        ),
      ],
      [CONFIG, (await exists(configPath)) ? await readText(configPath, 'Copy the file into the folder.') : '{}'],
    ]);
    const definition = JsonObject.parse(files.get(TOKENIZER) ?? '', path);
    const config = JsonObject.parse(files.get(CONFIG) ?? '', configPath);
    try {
      return new HuggingFaceTokenizer(new Tokenizer(definition.fields, config.fields), files, padTokenOf(config));
    } catch (cause) {
      throw new InputError(`The tokenizer cannot be built: ${cause instanceof Error ? cause.message : String(cause)}`, {
        where: path,
        hint: 'Save the tokenizer again with a current version of transformers.',
        cause,
      });
    }
  }

  encode(texts: readonly string[], maxLength: number): TokenSequence {
    const [first, second] = columnsOf(texts);
    const a = this.tokenize(first);
    const b = second === undefined ? undefined : this.tokenize(second);
    const room = roomFor(maxLength, this.wrap([], b && []).tokens.length);
    const [keepA, keepB] = b ? truncateLongestFirst(a.length, b.length, room) : [room, 0];
    const { tokens, token_type_ids: types } = this.wrap(a.slice(0, keepA), b?.slice(0, keepB));
    return {
      ids: Int32Array.from(tokens, (token) => this.idOf(token)),
      typeIds: types ? Int32Array.from(types) : new Int32Array(tokens.length),
    };
  }

  async saveTo(folder: string): Promise<void> {
    for (const [name, text] of this.files) await writeAtomically(join(folder, name), text);
  }

  private tokenize(text: string): string[] {
    return text === '' ? [] : this.tokenizer.tokenize(text);
  }

  /** Special tokens around one text or between two. `tokenizer.encode` would treat an empty second text as no second text. */
  private wrap(a: string[], b?: string[]): Wrapped {
    const { post_processor: wrapper } = this.tokenizer;
    return wrapper ? wrapper.post_process(a, b ?? null) : { tokens: [...a, ...(b ?? [])] };
  }

  private idOf(token: string): number {
    const id = this.tokenizer.token_to_id(token);
    if (id === undefined) throw new Error(`The tokenizer made the token ${token}, which is not in its vocabulary.`);
    return id;
  }
}

/** `pad_token` is a string in most files and an object with `content` in some. */
function padTokenOf(config: JsonObject): string {
  const token = config.fields['pad_token'];
  if (typeof token === 'object' && token !== null && 'content' in token) return String(token.content);
  return config.string('pad_token', '[PAD]');
}
