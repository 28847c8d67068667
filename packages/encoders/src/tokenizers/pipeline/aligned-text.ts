/** A place in a text: of JavaScript's string positions, so `text.slice(start, end)` is what stands there. */
export type Range = readonly [start: number, end: number];

interface Spans {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * A text that knows where each of its units stood in the text that was given, through all that normalizers do to it. Without
 * spans the two run in parallel from `base` on. That is so for every untouched text, and for all texts of which nobody asks.
 */
export class AlignedText {
  private constructor(
    readonly text: string,
    /** Whether anybody will ask for the places. */
    readonly tracked: boolean,
    private readonly base: number,
    private readonly spans?: Spans,
  ) {}

  static of(text: string, tracked: boolean): AlignedText {
    return new AlignedText(text, tracked, 0);
  }

  slice(start: number, end: number): AlignedText {
    if (start === 0 && end === this.text.length) return this;
    const { spans } = this;
    return new AlignedText(
      this.text.slice(start, end),
      this.tracked,
      this.base + start,
      spans && { starts: spans.starts.subarray(start, end), ends: spans.ends.subarray(start, end) },
    );
  }

  /** The same places with other units, one for one. */
  withUnits(text: string): AlignedText {
    return new AlignedText(text, this.tracked, this.base, this.spans);
  }

  withSpans(text: string, starts: readonly number[], ends: readonly number[]): AlignedText {
    const spans = this.tracked ? { starts: Int32Array.from(starts), ends: Int32Array.from(ends) } : undefined;
    return new AlignedText(text, this.tracked, this.base, spans);
  }

  /** Where a part that is not empty stood in the text that was given. */
  rangeOf(start: number, end: number): Range {
    const { spans, base } = this;
    return spans ? [spans.starts[start] ?? base, spans.ends[end - 1] ?? base] : [base + start, base + end];
  }

  /** Where the character before a position stood. */
  rangeBefore(position: number): Range {
    if (position === 0) {
      const [start] = this.rangeOf(0, 1);
      return [start, start];
    }
    const wide = position > 1 && isLowSurrogate(this.text.charCodeAt(position - 1));
    return this.rangeOf(position - (wide ? 2 : 1), position);
  }
}

/** Writes a new text out of a source, piece by piece. What is written gets the places of what it stands for. */
export class TextBuilder {
  private text = '';
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private position = 0;

  constructor(private readonly source: AlignedText) {}

  /** Writes a character for the next one of the source, which is `consumed` units long. */
  take(output: string, consumed: number): void {
    if (this.source.tracked) this.mark(output, this.source.rangeOf(this.position, this.position + consumed));
    this.text += output;
    this.position += consumed;
  }

  /** Writes something that the source does not have. It belongs to the character before it. */
  add(output: string): void {
    if (this.source.tracked) this.mark(output, this.source.rangeBefore(this.position));
    this.text += output;
  }

  /** Writes the source as it is, up to a position. */
  copyTo(position: number): void {
    const { text, tracked } = this.source;
    if (!tracked) {
      this.text += text.slice(this.position, position);
      this.position = position;
      return;
    }
    for (const character of text.slice(this.position, position)) this.take(character, character.length);
  }

  /** Leaves out units of the source. */
  skip(units: number): void {
    this.position += units;
  }

  build(): AlignedText {
    return this.source.withSpans(this.text, this.starts, this.ends);
  }

  private mark(output: string, [start, end]: Range): void {
    // Once for each unit.
    this.starts.push(...new Array<number>(output.length).fill(start));
    this.ends.push(...new Array<number>(output.length).fill(end));
  }
}

/** Each character becomes another one, several, or none. */
export function mapCharacters(source: AlignedText, change: (character: string) => string): AlignedText {
  const builder = new TextBuilder(source);
  for (const character of source.text) {
    const changed = change(character);
    if (changed === '') {
      builder.skip(character.length);
    } else {
      const first = String.fromCodePoint(changed.codePointAt(0) ?? 0);
      builder.take(first, character.length);
      if (changed.length > first.length) builder.add(changed.slice(first.length));
    }
  }
  return builder.build();
}

/** A character of a new text: how many characters it adds to those of the source (1, 0), or how many it swallows (−1, −2 …). */
export type Change = readonly [character: string, change: number];

/** A text out of changes that are counted along the source. */
export function changed(source: AlignedText, changes: readonly Change[]): AlignedText {
  if (!source.tracked) return source.withUnits(changes.map(([character]) => character).join(''));
  const builder = new TextBuilder(source);
  const rest = source.text[Symbol.iterator]();
  const next = (): number => (rest.next().value ?? '').length;
  for (const [character, change] of changes) {
    if (change > 0) builder.add(character);
    else builder.take(character, next());
    for (let swallowed = change; swallowed < 0; swallowed++) builder.skip(next());
  }
  return builder.build();
}
