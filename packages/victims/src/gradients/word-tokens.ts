import { AttackedText } from '@rose/attacks/parts';
import type { TextTokenizer } from '@rose/encoders';
import { commonPrefix } from '@rose/foundation';

/** Tokens `start` … `end` of a sequence, `end` not included. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

interface Reader {
  readonly tokenizer: TextTokenizer;
  readonly maxLength: number;
}

/** Which tokens each word of `AttackedText` became; an empty span for a word beyond the model's length. */
export function wordTokens(texts: readonly string[], reader: Reader): readonly TokenSpan[] {
  const spanOf = reader.tokenizer.encodeWithPlaces ? spansByPlaces(texts, reader) : spansByPrefixes(texts, reader);
  return AttackedText.of(texts).words.map(spanOf);
}

type SpanOf = (word: { readonly column: number; readonly start: number; readonly end: number }) => TokenSpan;

/** For a tokenizer that knows where its tokens stand. */
function spansByPlaces(texts: readonly string[], { tokenizer, maxLength }: Reader): SpanOf {
  const places = tokenizer.encodeWithPlaces?.(texts, maxLength).places ?? [];
  let token = 0;
  return ({ column, start, end }) => {
    // Words come in the order of the text. A token may cover two of them, so that the next word looks at the last token again.
    const isBefore = (at: number) => {
      const place = places[at];
      return place === undefined || place.text < column || (place.text === column && place.end <= start);
    };
    while (token < places.length && isBefore(token)) token++;
    let last = token;
    for (; last < places.length; last++) {
      const place = places[last];
      if (place?.text !== column || place.start >= end) break;
    }
    return last > token ? { start: token, end: last } : NOTHING;
  };
}

/** For a tokenizer that does not: a column up to a word has the tokens before that word in common with the whole column. */
function spansByPrefixes(texts: readonly string[], reader: Reader): SpanOf {
  const columns = texts.map((_, column) => columnTokens(texts, column, reader));
  return ({ column, start, end }) => columns[column]?.(start, end) ?? NOTHING;
}

const NOTHING: TokenSpan = { start: 0, end: 0 };

/** A function from the place of a word in a column to its tokens; to be asked about words in their order. */
function columnTokens(texts: readonly string[], column: number, { tokenizer, maxLength }: Reader) {
  const text = texts[column] ?? '';
  const encode = (...of: string[]) => tokenizer.encode(of, maxLength).ids;
  const alone = encode(text);
  // Special tokens: all of them, and those at the beginning.
  const special = encode('');
  const lead = commonPrefix(alone, special);
  const whole = tokenizer.encode(texts, maxLength);
  const second = whole.typeIds.indexOf(1);
  const offset = column === 0 ? lead : second >= 0 ? second : commonPrefix(whole.ids, encode(texts[0] ?? '', ''));
  // In a pair, a column may be cut off earlier than alone.
  const own = alone.subarray(lead, alone.length - (special.length - lead));
  const kept = commonPrefix(whole.ids.subarray(offset), own);
  const upTo = (end: number) => Math.min(kept, commonPrefix(alone, encode(text.slice(0, end))) - lead);
  let isFull = false;
  return (start: number, end: number): TokenSpan => {
    // Once a word is cut off, so are the rest: no need to look at thousands of them.
    if (isFull) return NOTHING;
    const span = { start: offset + upTo(start), end: offset + upTo(end) };
    isFull = span.end <= span.start;
    return isFull ? NOTHING : span;
  };
}
