import { join } from 'node:path';
import { toJson, writeAtomically } from '@rose/foundation';
import type { BuiltTokenizer } from './folder/build-tokenizer.js';
import type { Role } from './folder/special-tokens.js';
import type { TokenizerFiles } from './folder/tokenizer-files.js';
import { Pipeline, type TokenizerDefinition } from './pipeline/pipeline.js';
import type { TextTokenizer, TokenPlace, TokenSequence, TokenSequenceWithPlaces } from './text-tokenizer.js';
import { columnsOf, roomFor } from './columns.js';
import { truncateLongestFirst } from './truncate-longest-first.js';

/** A tokenizer of a Hugging Face folder. Its settings for truncation and padding are ignored. */
export class HuggingFaceTokenizer implements TextTokenizer {
  readonly padId: number;
  /** Undefined for a tokenizer without a mask. */
  readonly maskId: number | undefined;
  readonly unknownId: number | undefined;
  /** The ids that stand for no text: padding, mask, separators … */
  readonly specialIds: ReadonlySet<number>;
  /** The largest id plus one: as many rows as the embedding table needs. */
  readonly vocabularySize: number;
  private readonly pipeline: Pipeline;
  /** To be written where there is no tokenizer.json yet. */
  private readonly definition: TokenizerDefinition | undefined;
  private readonly tokenTypes: boolean;

  constructor(
    { definition, where, roles, tokenTypes, findsSpecials }: BuiltTokenizer,
    private readonly files: TokenizerFiles,
  ) {
    this.pipeline = new Pipeline(definition, where, findsSpecials);
    this.definition = files.has('tokenizer.json') ? undefined : definition;
    this.tokenTypes = tokenTypes;
    const idOf = (role: Role): number | undefined => {
      const token = roles[role];
      return token === undefined ? undefined : this.pipeline.idOf(token);
    };
    this.padId = idOf('pad') ?? 0;
    this.maskId = idOf('mask');
    this.unknownId = idOf('unk');
    this.specialIds = new Set(definition.added_tokens.filter(({ special }) => special).map(({ id }) => id));
    this.vocabularySize = this.pipeline.size;
  }

  encode(texts: readonly string[], maxLength: number): TokenSequence {
    const { ids, typeIds } = this.sequence(texts, maxLength, false);
    return { ids, typeIds };
  }

  encodeWithPlaces(texts: readonly string[], maxLength: number): TokenSequenceWithPlaces {
    return this.sequence(texts, maxLength, true);
  }

  /** The id of a token of the vocabulary, by its name there: `##ing`, `Ġgood`, `▁good`. */
  idOf(token: string): number | undefined {
    return this.pipeline.idOf(token);
  }

  /** The name of an id in the vocabulary. */
  tokenOf(id: number): string | undefined {
    return this.pipeline.tokenOf(id);
  }

  /** The text that ids stand for, special tokens included, unless they are to be left out. */
  decode(ids: Iterable<number>, { skipSpecials = false } = {}): string {
    const shown = skipSpecials ? [...ids].filter((id) => !this.specialIds.has(id)) : [...ids];
    return this.pipeline.decode(shown);
  }

  /** Writes the files that it was read from, and a tokenizer.json where there was none. */
  async saveTo(folder: string): Promise<void> {
    await this.files.saveTo(folder);
    if (!this.definition) return;
    const definition = { version: '1.0', truncation: null, padding: null, ...this.definition };
    await writeAtomically(join(folder, 'tokenizer.json'), toJson(definition));
  }

  private sequence(texts: readonly string[], maxLength: number, tracked: boolean): TokenSequenceWithPlaces {
    const columns = columnsOf(texts);
    const template = columns.length === 1 ? this.pipeline.postProcessor.single : this.pipeline.postProcessor.pair;
    const special = template.filter(({ id }) => id !== undefined).length;
    const room = roomFor(maxLength, special);
    const parts = columns.map((text) => this.pipeline.tokenize(text, tracked));
    const [a, b] = [parts[0]?.ids.length ?? 0, parts[1]?.ids.length ?? 0];
    const kept = columns.length === 1 ? [Math.min(a, room), 0] : truncateLongestFirst(a, b, room);
    const length = special + (kept[0] ?? 0) + (kept[1] ?? 0);
    const ids = new Int32Array(length);
    const typeIds = new Int32Array(length);
    const places = new Array<TokenPlace | undefined>(tracked ? length : 0).fill(undefined);
    let at = 0;
    for (const { id, text, typeId } of template) {
      const start = at;
      if (id !== undefined) {
        ids[at++] = id;
      } else {
        const part = parts[text];
        const count = kept[text] ?? 0;
        for (let i = 0; i < count; i++) ids[at++] = part?.ids[i] ?? 0;
        if (tracked && part) {
          const ranges = this.pipeline.trim(columns[text] ?? '', part).slice(0, count);
          ranges.forEach(([from, to], i) => (places[start + i] = { text, start: from, end: to }));
        }
      }
      if (this.tokenTypes && typeId !== 0) typeIds.fill(typeId, start, at);
    }
    return { ids, typeIds, places };
  }
}
