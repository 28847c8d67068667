import { type AddedToken, AddedTokens } from './added-tokens.js';
import { AlignedText, type Range } from './aligned-text.js';
import { Component, type Fields } from './component.js';
import { type Decoder, createDecoder, withBlanks } from './decoders.js';
import type { Model } from './model.js';
import { createModel } from './models.js';
import { type Normalizer, createNormalizer } from './normalizers.js';
import { PLAIN, type PostProcessor, createPostProcessor } from './post-processors.js';
import { type PreTokenizer, asksForPlaces, createPreTokenizer } from './pre-tokenizers.js';
import { trimmed } from './trim-offsets.js';

/** What a tokenizer.json says. */
export interface TokenizerDefinition {
  readonly added_tokens: readonly AddedToken[];
  readonly normalizer: Fields | null;
  readonly pre_tokenizer: Fields | null;
  readonly model: Fields;
  readonly post_processor: Fields | null;
  readonly decoder: Fields | null;
}

/** The tokens of one text, before special ones come around them. */
export interface Tokens {
  readonly ids: number[];
  /** Where each token stands in the text, if that was asked for. */
  readonly ranges: Range[];
  /** What each token looks like: its name, or what was found in the text. Needed with the places only. */
  readonly looks: string[];
}

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** A tokenizer as tokenizer.json describes it: from a text to token ids and back. */
export class Pipeline {
  readonly postProcessor: PostProcessor;
  private readonly normalizer: Normalizer | undefined;
  private readonly preTokenizer: PreTokenizer;
  private readonly alwaysTracks: boolean;
  private readonly model: Model;
  private readonly decoder: Decoder;
  private readonly addedTokens: AddedTokens;
  private readonly ids: ReadonlyMap<string, number>;
  private readonly names: ReadonlyMap<number, string>;

  /**
   * @param where the file that the definition comes from, for error messages
   * @param findsSpecials whether special tokens are found in texts, or are read as the words that they look like
   * @throws InputError that names what is not supported
   */
  constructor(definition: TokenizerDefinition, where: string, findsSpecials = true) {
    const component = (kind: keyof TokenizerDefinition): Component | undefined => {
      const fields = definition[kind] as Fields | null;
      return fields ? new Component(kind, fields, where) : undefined;
    };
    const created = <T>(kind: keyof TokenizerDefinition, create: (part: Component) => T): T | undefined => {
      const part = component(kind);
      return part && create(part);
    };
    this.normalizer = created('normalizer', createNormalizer);
    this.preTokenizer = created('pre_tokenizer', createPreTokenizer) ?? ((piece) => [piece]);
    this.alwaysTracks = created('pre_tokenizer', asksForPlaces) ?? false;
    this.model = createModel(new Component('model', definition.model, where));
    this.postProcessor = created('post_processor', createPostProcessor) ?? PLAIN;
    this.decoder = created('decoder', createDecoder) ?? withBlanks;
    const added = definition.added_tokens;
    this.addedTokens = new AddedTokens(
      added.filter(({ special }) => findsSpecials || !special),
      this.normalizer,
    );
    this.ids = new Map([...this.model.vocabulary, ...added.map(({ content, id }) => [content, id] as const)]);
    this.names = new Map([
      ...[...this.model.vocabulary].map(([token, id]) => [id, token] as const),
      ...added.map(({ content, id }) => [id, content] as const),
    ]);
  }

  /** The largest id plus one: as many rows as the embedding table needs. */
  get size(): number {
    let size = 0;
    for (const id of this.names.keys()) size = Math.max(size, id + 1);
    return size;
  }

  idOf(token: string): number | undefined {
    return this.ids.get(token);
  }

  tokenOf(id: number): string | undefined {
    return this.names.get(id);
  }

  /** @param wantsPlaces whether the places of the tokens are wanted */
  tokenize(text: string, wantsPlaces: boolean): Tokens {
    const tracked = wantsPlaces || this.alwaysTracks;
    const tokens: Tokens = { ids: [], ranges: [], looks: [] };
    // Half a surrogate pair is no character. Python cannot even be given one; UTF-8 has the replacement character for it.
    const whole = text.replace(LONE_SURROGATE, '\ufffd');
    for (const section of this.addedTokens.split(AlignedText.of(whole, tracked))) {
      if (section.token) {
        tokens.ids.push(section.token.id);
        if (tracked) {
          tokens.ranges.push(section.text.rangeOf(0, section.text.text.length));
          tokens.looks.push(section.text.text);
        }
      } else if (section.text.text !== '') {
        for (const word of this.preTokenizer(section.text)) this.cut(word, tokens);
      }
    }
    return tokens;
  }

  /** Leaves blanks out of the places of tokens, where the post-processor says so. */
  trim(text: string, { looks, ranges }: Tokens): Range[] {
    const { trimming } = this.postProcessor;
    if (!trimming) return ranges;
    return ranges.map((range, i) => trimmed({ look: looks[i] ?? '', range, text, isFirst: i === 0 }, trimming));
  }

  /** Added tokens that are found in normalized texts come back normalized, as in Python. */
  decode(ids: readonly number[]): string {
    return this.decoder(ids.flatMap((id) => this.addedTokens.formOf(id) ?? this.names.get(id) ?? []));
  }

  private cut(word: AlignedText, { ids, ranges, looks }: Tokens): void {
    if (word.text === '') return;
    for (const { id, start, end } of this.model.cut(word.text)) {
      ids.push(id);
      if (!word.tracked) continue;
      ranges.push(word.rangeOf(start, end));
      looks.push(this.names.get(id) ?? '');
    }
  }
}
