import type { Constraint } from './constraint.js';

/**
 * Whether two strings are at most `limit` edits apart (Levenshtein; UTF-16 units): with one edit more at a time, how far along
 * each diagonal of the table they get (Ukkonen 1985). About length + limit² steps for strings that are alike.
 */
export function isWithinEdits(a: string, b: string, limit: number): boolean {
  // Characters of a behind us, by diagonal (characters of b behind us less those of a).
  let reach = new Map<number, number>();
  for (let edits = 0; edits <= limit; edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal++) {
      const before = (other: number) => reach.get(other) ?? -Infinity;
      const edited = Math.max(before(diagonal) + 1, before(diagonal + 1) + 1, before(diagonal - 1));
      let i = Math.min(edits === 0 ? 0 : edited, a.length, b.length - diagonal);
      if (i < 0 || i + diagonal < 0) continue;
      while (i < a.length && i + diagonal < b.length && a[i] === b[i + diagonal]) i++;
      if (i === a.length && i + diagonal === b.length) return true;
      next.set(diagonal, i);
    }
    reach = next;
  }
  return false;
}

/** The text stays within so many edits of characters of the original (TextAttack `LevenshteinEditDistance`). */
export function maxEditDistance(limit: number): Constraint {
  return {
    name: 'edit-distance',
    filter: (candidates, { original }) => {
      const before = original.columns.join('\n');
      return candidates.filter(({ text }) => isWithinEdits(before, text.columns.join('\n'), limit));
    },
  };
}
