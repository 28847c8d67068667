import type { GrammarChecker } from '../resources/grammar-checker.js';
import type { Constraint } from './constraint.js';

/** No more grammatical errors than the original has (Morris et al. 2020; TextAttack `LanguageTool(0)`). */
export function noNewGrammarErrors(checker: GrammarChecker): Constraint {
  return {
    name: 'no-new-grammar-errors',
    async filter(candidates, { original }) {
      if (candidates.length === 0) return [];
      const texts = [original, ...candidates.map(({ text }) => text)].map(({ columns }) => columns.join('\n'));
      const [allowed = 0, ...found] = await checker.errors(texts);
      return candidates.filter((_, i) => (found[i] ?? Infinity) <= allowed);
    },
  };
}
