import type { TextColumns } from './text-columns.js';

/** A word and where it stands: `text === columns[column].slice(start, end)`. */
export interface Word {
  readonly text: string;
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

// TextAttack's `words_from_text`: Python's \w, the marks ' - _ * @ and two homoglyphs that are not letters.
// Combining marks stay with their letter (Python would cut a decomposed é in two).
const RUN = /(?:[\p{L}\p{N}'\-_*@˗×]\p{M}*)+/gu;
const LEADING_MARKS = /^(?:['\-_*@]\p{M}*)+/u;
const TRAILING_MARKS = /(?:['\-_*@]\p{M}*)+$/u;

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

/** How one text was made from another: the words `put` stand in the place of word `index`. */
interface Edit {
  readonly before: AttackedText;
  readonly index: number;
  /** Where they stand in the new text. */
  readonly put: readonly Word[];
  /** Characters by which later words of the column have moved. */
  readonly shift: number;
}

/** The same function, which computes its result once, when it is first asked for, and lets go of what it needed. */
function once<Result>(compute: () => Result): () => Result {
  let todo: (() => Result) | undefined = compute;
  let result: Result | undefined;
  return () => {
    if (todo) result = todo();
    todo = undefined;
    return result as Result;
  };
}

/**
 * One or two columns of text seen as words (TextAttack `AttackedText`). Words are numbered from 0 over all columns;
 * punctuation and emoji are never words, and whatever stands between words stays when words change. Immutable.
 *
 * @example AttackedText.of(["It's (really) good!"]).replace(2, 'fine').columns // ["It's (really) fine!"]
 */
export class AttackedText {
  private split: readonly Word[] | undefined;
  /** Words are taken from the text before: an edit makes and breaks none but its own. Forgotten once `split` is there. */
  private edit: Edit | undefined;

  private constructor(
    readonly columns: TextColumns,
    /** Indices, in this text, of the words that an attack has put in. */
    readonly modified: ReadonlySet<number>,
    /** The origin of each word, worked out when first asked for; undefined as long as no word has moved. */
    private readonly origins?: () => readonly number[],
  ) {}

  static of(columns: TextColumns): AttackedText {
    return new AttackedText([...columns], new Set());
  }

  /** Split on first use: most candidates are dropped before anybody asks. */
  get words(): readonly Word[] {
    this.split ??= this.edit
      ? Array.from({ length: this.wordCount }, (_, index) => this.word(index))
      : this.columns.flatMap((text, column) => wordsOfColumn(text, column));
    this.edit = undefined;
    return this.split;
  }

  /** The number of words; like `word`, it does not split the text. */
  get wordCount(): number {
    const { split, edit } = this;
    return split === undefined && edit ? edit.before.wordCount + edit.put.length - 1 : this.words.length;
  }

  /** @throws RangeError when there is no such word. */
  word(index: number): Word {
    const word = this.edit ? wordAfter(this.edit, index) : this.words[index];
    if (word === undefined) throw new RangeError(`No word ${index} in a text of ${this.wordCount} words.`);
    return word;
  }

  /** The index, in the text that the attack began with, of the word that stood where word `index` stands now. */
  origin(index: number): number {
    return this.origins?.()[index] ?? index;
  }

  /** Where word `origin` of the first text stands now (the first word of what was put in its place); undefined once deleted. */
  locate(origin: number): number | undefined {
    if (this.origins === undefined) return origin < this.wordCount ? origin : undefined;
    const index = this.origins().indexOf(origin);
    return index === -1 ? undefined : index;
  }

  /**
   * Other words at `index`: one as a rule, more to insert or split, none to delete. All of them count as modified and
   * have the origin of the word that they replace; later words move.
   */
  replace(index: number, replacement: string): AttackedText {
    const { start, end, column } = this.word(index);
    const put = wordsOfColumn(replacement, column);
    return put.length === 0 ? this.delete(index) : this.edited(index, { start, end, replacement, put });
  }

  /** Without the word at `index` and one space beside it: the one before, or after the first word of a column. */
  delete(index: number): AttackedText {
    const { column, start, end } = this.word(index);
    const text = this.columns[column] ?? '';
    const isFirst = index === 0 || this.word(index - 1).column !== column;
    const span = isFirst
      ? { start, end: text[end] === ' ' ? end + 1 : end }
      : { start: text[start - 1] === ' ' ? start - 1 : start, end };
    return this.edited(index, { ...span, replacement: '', put: [] });
  }

  /**
   * A mixture of two texts with the same words in the same places but for swaps: the words at `indices` are those of
   * `other`, and count as modified where they do there (crossover and flight in population searches).
   */
  withWordsOf(other: AttackedText, indices: readonly number[]): AttackedText {
    const modified = new Set(this.modified);
    // From the last word on, so that what comes before keeps its place.
    const columns = [...indices]
      .sort((a, b) => b - a)
      .reduce<TextColumns>((texts, index) => {
        if (other.modified.has(index)) modified.add(index);
        else modified.delete(index);
        const { column, start, end } = this.word(index);
        const replacement = other.word(index).text;
        return texts.map((text, i) => (i === column ? text.slice(0, start) + replacement + text.slice(end) : text));
      }, this.columns);
    return new AttackedText(columns, modified, this.origins);
  }

  /**
   * The text of `size` words around `index`, from the start of the first to the end of the last; shifted inwards at both
   * ends of the text. Columns meet at a line break. TextAttack `text_window_around_index`, rounding included.
   */
  window(index: number, size: number): string {
    const count = this.wordCount;
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

  /** With `replacement`, whose words are `put`, for the characters from `start` to `end` around word `index`. */
  private edited(
    index: number,
    { start, end, replacement, put }: { start: number; end: number; replacement: string; put: readonly Word[] },
  ): AttackedText {
    const { column } = this.word(index);
    const columns = this.columns.map((text, i) =>
      i === column ? text.slice(0, start) + replacement + text.slice(end) : text,
    );
    const move = put.length - 1;
    const others = [...this.modified].filter((i) => i !== index).map((i) => (i > index ? i + move : i));
    const origins = () => {
      const list = Array.from({ length: this.wordCount }, (_, i) => this.origin(i));
      list.splice(index, 1, ...put.map(() => this.origin(index)));
      return list;
    };
    const text = new AttackedText(
      columns,
      new Set([...others, ...put.map((_, i) => index + i)]),
      move === 0 ? this.origins : once(origins),
    );
    text.edit = {
      before: this,
      index,
      put: put.map((word) => ({ ...word, start: start + word.start, end: start + word.end })),
      shift: replacement.length - (end - start),
    };
    return text;
  }
}

/** Word `index` of a text after an edit. */
function wordAfter({ before, index: at, put, shift }: Edit, index: number): Word | undefined {
  if (index < at + put.length && index >= at) return put[index - at];
  const word = before.words[index < at ? index : index - put.length + 1];
  if (word === undefined || index < at || word.column !== before.word(at).column) return word;
  return { ...word, start: word.start + shift, end: word.end + shift };
}
