import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, writeAtomically } from '@rose/foundation';
import { isMissing } from '../../files/files.js';
import { JsonObject } from '../../files/json-object.js';

/** Every file that a tokenizer of the hub may consist of. */
const NAMES = [
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.txt',
  'vocab.json',
  'merges.txt',
  'spm.model',
  'sentencepiece.bpe.model',
] as const;

export type TokenizerFileName = (typeof NAMES)[number];

/** The files of a folder's tokenizer, as they are. */
export class TokenizerFiles {
  private readonly parsed = new Map<TokenizerFileName, JsonObject>();

  private constructor(
    readonly folder: string,
    private readonly contents: ReadonlyMap<TokenizerFileName, Buffer>,
  ) {}

  static async read(folder: string): Promise<TokenizerFiles> {
    const contents = new Map<TokenizerFileName, Buffer>();
    for (const name of NAMES) {
      try {
        contents.set(name, await readFile(join(folder, name)));
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return new TokenizerFiles(folder, contents);
  }

  path(name: TokenizerFileName): string {
    return join(this.folder, name);
  }

  has(name: TokenizerFileName): boolean {
    return this.contents.has(name);
  }

  /** @throws InputError when the file is missing */
  bytes(name: TokenizerFileName): Buffer {
    const bytes = this.contents.get(name);
    if (bytes) return bytes;
    throw new InputError('The file is not there.', {
      where: this.path(name),
      hint: `Copy ${name} into the folder; \`AutoTokenizer.from_pretrained(…).save_pretrained(folder)\` writes what a tokenizer needs.`,
    });
  }

  text(name: TokenizerFileName): string {
    return this.bytes(name).toString('utf8');
  }

  /** @throws InputError when the file is missing or holds no JSON object */
  json(name: TokenizerFileName): JsonObject {
    const known = this.parsed.get(name) ?? JsonObject.parse(this.text(name), this.path(name));
    this.parsed.set(name, known);
    return known;
  }

  /** The same files without what was parsed of them: a large vocabulary need not be kept twice. */
  unparsed(): TokenizerFiles {
    return new TokenizerFiles(this.folder, this.contents);
  }

  /** The fields of a file, or none where it is missing. */
  fields(name: TokenizerFileName): Readonly<Record<string, unknown>> {
    return this.has(name) ? this.json(name).fields : {};
  }

  /** Writes them into another folder, byte for byte. */
  async saveTo(folder: string): Promise<void> {
    for (const [name, bytes] of this.contents) {
      await writeAtomically(join(folder, name), (temporary) => writeFile(temporary, bytes, { flush: true }));
    }
  }
}
