import { type AlignedText, type Change, changed } from './aligned-text.js';
import { expression } from './characters.js';
import { NOT_DECOMPOSED, NOT_DECOMPOSED_COMPATIBLY } from './older-unicode.js';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * A character and what may combine with it: marks, the later letters of a Korean syllable, and the half-width marks of
 * katakana. A normal form of a text is the normal forms of these runs.
 */
const RUN = /[^\p{M}\u1160-\u11ff\uff9e\uff9f][\p{M}\u1160-\u11ff\uff9e\uff9f]*|[\p{M}\u1160-\u11ff\uff9e\uff9f]+/gu;

/** Texts of these characters are in every normal form. */
const PLAIN = /^[\0-\x7f]*$/;

/** Characters that Python leaves as they are, by form. Each stands alone. */
const LEFT_ALONE = (() => {
  const canonical = expression(`([${NOT_DECOMPOSED}])`);
  const compatible = expression(`([${NOT_DECOMPOSED_COMPATIBLY}])`);
  return { NFC: canonical, NFD: canonical, NFKC: compatible, NFKD: compatible };
})();

function normalized(text: string, form: UnicodeForm): string {
  const alone = LEFT_ALONE[form];
  if (!alone.test(text)) return text.normalize(form);
  return text
    .split(alone)
    .map((part, i) => (i % 2 === 1 ? part : part.normalize(form)))
    .join('');
}

/** A text in a normal form of Unicode. */
export function toForm(source: AlignedText, form: UnicodeForm): AlignedText {
  if (PLAIN.test(source.text)) return source;
  const text = normalized(source.text, form);
  if (text === source.text) return source;
  // Only offsets need to know what became of each character.
  if (!source.tracked) return source.withUnits(text);
  const changes = source.text.split(LEFT_ALONE[form]).flatMap((part, i): Change[] => {
    if (i % 2 === 1) return [[part, 0]];
    return [...part.matchAll(RUN)].flatMap(([run]) => changesOf(run, form));
  });
  return changed(source, changes);
}

interface Part {
  readonly character: string;
  /** 0 for the first part of a character of the source, 1 for the others. */
  readonly more: number;
}

const characters = (text: string): string[] => Array.from(text);

/**
 * Characters are counted and not followed: where marks change places, each gets the place of the one that stood there. This is
 * how Python has it.
 */
function changesOf(run: string, form: UnicodeForm): Change[] {
  const decomposed = form.startsWith('NFK') ? 'NFKD' : 'NFD';
  const parts: Part[] = characters(run).flatMap((source) =>
    characters(source.normalize(decomposed)).map((character, i) => ({ character, more: Math.min(i, 1) })),
  );
  return characters(run.normalize(form)).map((character): Change => {
    const own = characters(character.normalize(decomposed)).flatMap((part) => {
      const found = parts.findIndex((candidate) => candidate.character === part);
      return found < 0 ? [] : parts.splice(found, 1);
    });
    return [character, own.reduce((sum, { more }) => sum + more, 0) - (own.length - 1)];
  });
}
