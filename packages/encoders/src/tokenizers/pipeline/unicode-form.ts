import { type AlignedText, TextBuilder } from './aligned-text.js';
import { expression } from './characters.js';
import { NOT_DECOMPOSED, NOT_DECOMPOSED_COMPATIBLY } from './older-unicode.js';

export type UnicodeForm = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/**
 * A character and what may combine with it: marks, the later letters of a Korean syllable, and the half-width marks of
 * katakana. A normal form of a text is the normal forms of these runs.
 */
const RUN = /[^\p{M}\u1160-\u11ff\uff9e\uff9f][\p{M}\u1160-\u11ff\uff9e\uff9f]*|[\p{M}\u1160-\u11ff\uff9e\uff9f]+/gu;

/** Texts of these characters are in every normal form. */
// eslint-disable-next-line no-control-regex
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
  const builder = new TextBuilder(source);
  for (const [i, part] of source.text.split(LEFT_ALONE[form]).entries()) {
    if (i % 2 === 1) builder.take(part, part.length);
    else for (const [run] of part.matchAll(RUN)) writeRun(run, form, builder);
  }
  return builder.build();
}

interface Part {
  readonly character: string;
  /** Which character of the run it comes from. */
  readonly origin: number;
}

const characters = (text: string): string[] => Array.from(text);

/** Each character of the result stands for the first character of the run that it has a part of. */
function writeRun(run: string, form: UnicodeForm, builder: TextBuilder): void {
  const decomposed = form.startsWith('NFK') ? 'NFKD' : 'NFD';
  const sources = characters(run);
  const parts: Part[] = sources.flatMap((source, origin) =>
    characters(source.normalize(decomposed)).map((character) => ({ character, origin })),
  );
  let written = -1;
  for (const character of characters(run.normalize(form))) {
    const origins = characters(character.normalize(decomposed)).map((part) => {
      const found = parts.findIndex(({ character: candidate }) => candidate === part);
      return found < 0 ? written : (parts.splice(found, 1)[0]?.origin ?? written);
    });
    const origin = Math.min(...origins);
    if (origin > written) {
      for (let between = written + 1; between < origin; between++) builder.skip(sources[between]?.length ?? 0);
      builder.take(character, sources[origin]?.length ?? 0);
      written = origin;
    } else {
      builder.add(character);
    }
  }
  for (let rest = written + 1; rest < sources.length; rest++) builder.skip(sources[rest]?.length ?? 0);
}
