import type { TextColumns } from './text-columns.js';

/** A word and where it stands: `text === columns[column].slice(start, end)`. */
export interface Word {
  readonly text: string;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

// TextAttack's `words_from_text`: Python's \w, the marks ' - _ * @ and two homoglyphs that are no letters.
// Combining marks stay with their letter (Python would cut a decomposed é in two).
const RUN = /(?:[\p{L}\p{N}'\-_*@˗×]\p{M}*)+/gu;
const LEADING_MARKS = /^['\-_*@]+/;
const TRAILING_MARKS = /['\-_*@]+$/;

function wordsOfColumn(text: string, column: number): Word[] {
  return [...text.matchAll(RUN)].flatMap((run) => {
    const withoutLead = run[0].replace(LEADING_MARKS, '');
    const word = withoutLead.replace(TRAILING_MARKS, '');
    const start = run.index + run[0].length - withoutLead.length;
    return word === '' ? [] : [{ text: word, column, start, end: start + word.length }];
  });
}

/** True when the text is exactly one word to `AttackedText`, so that putting it in keeps every other index. */
export function isOneWord(text: string): boolean {
  const [word, ...others] = wordsOfColumn(text, 0);
  return others.length === 0 && word?.text === text;
}

/**
 * One or two columns of text seen as words (TextAttack `AttackedText`). Words are numbered from 0 over all columns;
 * punctuation and emoji are never words, and whatever stands between words stays when words change. Immutable.
 *
 * @example AttackedText.of(["It's (really) good!"]).replace(2, 'fine').columns // ["It's (really) fine!"]
 */
export class AttackedText {
  private split: readonly Word[] | undefined;

  private constructor(
    readonly columns: TextColumns,
    /** Indices, in this text, of the words that an attack has put in. */
    readonly modified: ReadonlySet<number>,
  ) {}

  static of(columns: TextColumns): AttackedText {
    return new AttackedText([...columns], new Set());
  }

  /** Split on first use: most candidates are dropped before anybody asks. */
  get words(): readonly Word[] {
    this.split ??= this.columns.flatMap((text, column) => wordsOfColumn(text, column));
    return this.split;
  }

  /** @throws RangeError when there is no such word. */
  word(index: number): Word {
    const word = this.words[index];
    if (word === undefined) throw new RangeError(`No word ${index} in a text of ${this.words.length} words.`);
    return word;
  }

  /** Another word at `index`; `replacement` must be one word (see `isOneWord`), so that indices keep their meaning. */
  replace(index: number, replacement: string): AttackedText {
    const { start, end } = this.word(index);
    return new AttackedText(this.splice(index, { start, end, replacement }), new Set(this.modified).add(index));
  }

  /** Without the word at `index` and one space beside it: the one before, or after the first word of a column. */
  delete(index: number): AttackedText {
    const { column, start, end } = this.word(index);
    const text = this.columns[column] ?? '';
    const isFirst = this.words[index - 1]?.column !== column;
    const span = isFirst
      ? { start, end: text[end] === ' ' ? end + 1 : end }
      : { start: text[start - 1] === ' ' ? start - 1 : start, end };
    const modified = [...this.modified].filter((i) => i !== index).map((i) => (i > index ? i - 1 : i));
    return new AttackedText(this.splice(index, { ...span, replacement: '' }), new Set(modified));
  }

  /**
   * The text of `size` words around `index`, from the start of the first to the end of the last; shifted inwards at both
   * ends of the text. Columns meet at a line break. TextAttack `text_window_around_index`, rounding included.
   */
  window(index: number, size: number): string {
    const count = this.words.length;
    const half = (size - 1) / 2;
    const [from, to] =
      index - half < 0
        ? [0, Math.min(size, count) - 1]
        : index + half >= count
          ? [Math.max(0, count - size), count - 1]
          : [index - Math.ceil(half), index + Math.floor(half)];
    const first = this.word(from);
    const last = this.word(to);
    return this.columns
      .slice(first.column, last.column + 1)
      .map((text, i) => {
        const column = first.column + i;
        return text.slice(column === first.column ? first.start : 0, column === last.column ? last.end : undefined);
      })
      .join('\n');
  }

  private splice(index: number, edit: { start: number; end: number; replacement: string }): TextColumns {
    const { column } = this.word(index);
    return this.columns.map((text, i) =>
      i === column ? text.slice(0, edit.start) + edit.replacement + text.slice(edit.end) : text,
    );
  }
}
