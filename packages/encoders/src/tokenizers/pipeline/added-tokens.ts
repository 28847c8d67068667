import { AlignedText } from './aligned-text.js';
import { WHITESPACE, WORD, escapeRegExp, expression } from './characters.js';
import type { Normalizer } from './normalizers.js';

/** A token beside the model's vocabulary, or one of it that is found in texts as a whole: `[MASK]`, `<URL>`. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  /** Found only where no letter stands beside it. */
  readonly single_word: boolean;
  /** Swallows the white space before it, or after it. */
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  /** Looked for in the normalized text, in its own normalized form. Otherwise in the text as it is. */
  readonly normalized: boolean;
  readonly special: boolean;
}

/** A part of a text: a token that was found, or what is left for the model. */
export type Section = { readonly text: AlignedText; readonly token?: AddedToken };

const STARTS_WITH_WORD = expression(`^${WORD}`);
const ENDS_WITH_WORD = expression(`${WORD}$`);
const SPACE_AT_START = expression(`^${WHITESPACE}+`);
const SPACE_AT_END = expression(`${WHITESPACE}+$`);

interface Sought {
  readonly form: string;
  readonly token: AddedToken;
}

/** Finds tokens in a text: the leftmost, and the longest of those that start there. */
class Finder {
  private readonly byFirst = new Map<string, Sought[]>();
  private readonly firsts: RegExp | undefined;

  constructor(sought: readonly Sought[]) {
    for (const each of sought) {
      const [first = ''] = each.form;
      const others = this.byFirst.get(first);
      if (others) others.push(each);
      else this.byFirst.set(first, [each]);
    }
    for (const others of this.byFirst.values()) others.sort((a, b) => b.form.length - a.form.length);
    const letters = [...this.byFirst.keys()].map(escapeRegExp).join('');
    this.firsts = letters === '' ? undefined : expression(`[${letters}]`, 'g');
  }

  split(text: AlignedText): Section[] {
    if (!this.firsts || text.text === '') return [{ text }];
    const sections: Section[] = [];
    let done = 0;
    let next = 0;
    for (const { 0: first, index } of text.text.matchAll(this.firsts)) {
      if (index < next) continue;
      const found = this.byFirst.get(first)?.find(({ form }) => text.text.startsWith(form, index));
      if (!found) continue;
      next = index + found.form.length;
      const place = placeOf(text.text, found, index, done);
      if (!place) continue;
      if (place.start > done) sections.push({ text: text.slice(done, place.start) });
      sections.push({ text: text.slice(place.start, place.end), token: found.token });
      done = place.end;
    }
    if (done < text.text.length) sections.push({ text: text.slice(done, text.text.length) });
    return sections;
  }
}

/** What a token takes up with the white space that it swallows. Undefined where it stands in the midst of a word. */
function placeOf(text: string, { form, token }: Sought, index: number, done: number) {
  const before = text.slice(done, index);
  const after = text.slice(index + form.length);
  if (token.single_word && (ENDS_WITH_WORD.test(text.slice(0, index)) || STARTS_WITH_WORD.test(after)))
    return undefined;
  const left = token.lstrip ? (SPACE_AT_END.exec(before)?.[0].length ?? 0) : 0;
  const right = token.rstrip ? (SPACE_AT_START.exec(after)?.[0].length ?? 0) : 0;
  return { start: index - left, end: index + form.length + right };
}

/** The added tokens of a tokenizer. Each keeps its own id, whatever the normalizer makes of its name. */
export class AddedTokens {
  private readonly inText: Finder;
  private readonly inNormalized: Finder;
  private readonly forms: ReadonlyMap<number, string>;

  /** @param normalizer what texts go through before the model sees them */
  constructor(
    tokens: readonly AddedToken[],
    private readonly normalizer: Normalizer | undefined,
  ) {
    const sought = tokens.map((token): Sought => {
      const isNormalized = token.normalized && normalizer !== undefined;
      return { token, form: isNormalized ? normalizer(AlignedText.of(token.content, false)).text : token.content };
    });
    this.forms = new Map(sought.map(({ token, form }) => [token.id, form]));
    const used = sought.filter(({ form }) => form !== '');
    this.inText = new Finder(used.filter(({ token }) => !token.normalized));
    this.inNormalized = new Finder(used.filter(({ token }) => token.normalized));
  }

  /** What a token is looked for as. */
  formOf(id: number): string | undefined {
    return this.forms.get(id);
  }

  /** A text in its added tokens and the normalized rest. */
  split(text: AlignedText): Section[] {
    return this.inText.split(text).flatMap((section) => {
      if (section.token) return [section];
      return this.inNormalized.split(this.normalizer?.(section.text) ?? section.text);
    });
  }
}
