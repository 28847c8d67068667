import type { AlignedText } from './aligned-text.js';

/** What becomes of the parts that a pattern matches. The names are those of tokenizer.json, in lower case. */
export type Behaviour = 'removed' | 'isolated' | 'contiguous' | 'mergedwithprevious' | 'mergedwithnext';

export const BEHAVIOURS: readonly Behaviour[] = [
  'removed',
  'isolated',
  'contiguous',
  'mergedwithprevious',
  'mergedwithnext',
];

interface Part {
  readonly start: number;
  end: number;
  readonly matches: boolean;
}

/** All of a text in parts that match and parts that do not. */
function partsOf(text: string, pattern: RegExp, inverted: boolean): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (match.index > done) parts.push({ start: done, end: match.index, matches: inverted });
    if (end > match.index) parts.push({ start: match.index, end, matches: !inverted });
    done = end;
  }
  if (done < text.length) parts.push({ start: done, end: text.length, matches: inverted });
  return parts;
}

/** Puts some neighbours together. `joins` says whether a part goes on with the one before it. */
function joined(parts: readonly Part[], joins: (part: Part, before: Part) => boolean): Part[] {
  const result: Part[] = [];
  let before: Part | undefined;
  for (const part of parts) {
    const last = result.at(-1);
    if (last && before && joins(part, before)) last.end = part.end;
    else result.push({ ...part });
    before = part;
  }
  return result;
}

export interface Split {
  readonly pattern: RegExp;
  readonly behaviour: Behaviour;
  /** Whether the pattern says what is left instead of what separates. */
  readonly inverted?: boolean;
}

/** The pieces of a text. None is empty. */
export function splitText(text: AlignedText, { pattern, behaviour, inverted = false }: Split): AlignedText[] {
  const parts = partsOf(text.text, pattern, inverted);
  return chosen(parts, behaviour).map(({ start, end }) => text.slice(start, end));
}

function chosen(parts: readonly Part[], behaviour: Behaviour): readonly Part[] {
  switch (behaviour) {
    case 'removed':
      return parts.filter(({ matches }) => !matches);
    case 'isolated':
      return parts;
    case 'contiguous':
      return joined(parts, (part, before) => part.matches === before.matches);
    case 'mergedwithprevious':
      return joined(parts, (part, before) => part.matches && !before.matches);
    case 'mergedwithnext':
      return joined(parts, (part, before) => !part.matches && before.matches);
  }
}
