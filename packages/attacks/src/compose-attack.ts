import type { AttackContext } from './attack-recipe.js';
import { AttackedText } from './attacked-text.js';
import type { Candidate, Constraint, WordConstraint } from './constraints/constraint.js';
import { argmax } from './goal-functions/goal-function.js';
import type { GoalFunction } from './goal-functions/goal-function.js';
import type { AttackExample, AttackOutcome, JudgedText, Replacement } from './outcome.js';
import type { Scored, SearchMethod, SearchSpace } from './search/search-method.js';
import { keyOfColumns } from './text-columns.js';
import type { Transformation } from './transformations/transformation.js';

/** The four parts of an attack (TextAttack `Attack`); constraints come in two kinds. */
export interface AttackParts {
  readonly goal: GoalFunction;
  readonly transformation: Transformation;
  /** Which words may be touched. */
  readonly wordConstraints: readonly WordConstraint[];
  /** Which candidates may be tried; asked in this order. */
  readonly constraints: readonly Constraint[];
  readonly search: SearchMethod;
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The search space of one example. */
function spaceOf(parts: AttackParts, original: AttackedText, label: number, context: AttackContext): SearchSpace {
  const { goal, transformation, wordConstraints, constraints } = parts;
  const { model, random } = context;
  return {
    attackable: (text) =>
      text.words.flatMap((_, index) => (wordConstraints.every((c) => c.allows(text, index)) ? [index] : [])),

    async neighbours(current, index) {
      const key = keyOfColumns(current.columns);
      const texts = await transformation.candidates(current, index, random);
      let candidates: readonly Candidate[] = texts
        .filter((text) => keyOfColumns(text.columns) !== key)
        .map((text) => ({ text, index }));
      for (const constraint of constraints) {
        candidates = await constraint.filter(candidates, { original, current });
      }
      const joined = (candidate: Candidate) => candidate.text.columns.join('\n');
      return [...candidates].sort((a, b) => compareText(joined(a), joined(b)));
    },

    async evaluate(items) {
      const rows = await model.probabilities(items.map(({ text }) => text.columns));
      return rows.map((probabilities, i) => ({
        item: items[i] as (typeof items)[number],
        probabilities,
        score: goal.score(probabilities, label),
        reached: goal.reached(probabilities, label),
      }));
    },

    get exhausted() {
      return model.exhausted;
    },
  };
}

const judged = ({ item, probabilities }: Scored): JudgedText => ({
  texts: item.text.columns,
  probabilities,
  prediction: argmax(probabilities),
});

/** Words that differ; both texts have the same number of words, as swaps leave it. */
function replacementsBetween(before: AttackedText, after: AttackedText): Replacement[] {
  return before.words.flatMap(({ text: from, column }, index) => {
    const to = after.word(index).text;
    return from === to ? [] : [{ column, index, from, to }];
  });
}

/**
 * An attack from its parts: looks at the example, skips it where the goal is reached already, searches, and says what
 * became of it. Queries are counted by `context.model`.
 *
 * @throws RangeError when the label is none of the victim's classes.
 */
export function composeAttack(
  parts: AttackParts,
): (example: AttackExample, context: AttackContext) => Promise<AttackOutcome> {
  return async (example, context) => {
    const text = AttackedText.of(example.texts);
    const space = spaceOf(parts, text, example.label, context);
    const [start] = await space.evaluate<Candidate>([{ text, index: -1 }]);
    if (start === undefined) throw new Error('The budget allows no query at all.');
    const best = start.reached ? start : await parts.search.search(start, space);
    const succeeded = best.reached && !start.reached;
    const replacements = succeeded ? replacementsBetween(text, best.item.text) : [];
    return {
      id: example.id,
      status: start.reached ? 'skipped' : succeeded ? 'success' : 'failed',
      label: example.label,
      original: judged(start),
      ...(succeeded && { adversarial: judged(best) }),
      perturbedWords: replacements.length,
      totalWords: text.words.length,
      queries: context.model.queries,
      modelQueries: context.model.modelQueries,
      replacements,
    };
  };
}
