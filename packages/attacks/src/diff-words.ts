import { AttackedText } from './attacked-text.js';
import type { AttackOutcome } from './outcome.js';

/** A stretch of text that stayed, or a word that was replaced. */
export type DiffSegment =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'replaced'; readonly from: string; readonly to: string };

/**
 * For each column, the original text in segments, ready to be drawn in a terminal or as HTML: joining `text` and `from`
 * gives the original, joining `text` and `to` the adversarial text.
 */
export function diffWords({ original, replacements }: AttackOutcome): readonly (readonly DiffSegment[])[] {
  const { words } = AttackedText.of(original.texts);
  return original.texts.map((text, column) => {
    const segments: DiffSegment[] = [];
    let done = 0;
    for (const { index, from, to } of replacements) {
      const word = words[index];
      if (word?.column !== column) continue;
      if (word.start > done) segments.push({ kind: 'same', text: text.slice(done, word.start) });
      segments.push({ kind: 'replaced', from, to });
      done = word.end;
    }
    if (done < text.length) segments.push({ kind: 'same', text: text.slice(done) });
    return segments;
  });
}
