import { InputError } from '@rose/foundation';
import type { AttackContext } from './attack-recipe.js';
import { AttackedText } from '../text/attacked-text.js';
import { changedWords } from '../text/changed-words.js';
import type { Candidate, Constraint, WordConstraint } from '../constraints/constraint.js';
import { argmax } from '../goal-functions/goal-function.js';
import type { Answer, GoalFunction } from '../goal-functions/goal-function.js';
import type { AttackExample, AttackOutcome, JudgedText } from '../text/outcome.js';
import type { Scored, SearchMethod, SearchSpace } from '../search/search-method.js';
import { keyOfColumns } from '../text/text-columns.js';
import type { Transformation } from '../transformations/transformation.js';
import { VictimError } from '../victim/victim.js';

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
  const allows = (text: AttackedText, index: number) => wordConstraints.every((c) => c.allows(text, index));
  const meeting = async (candidates: readonly Candidate[], current: AttackedText) => {
    let left = candidates;
    for (const constraint of constraints) left = await constraint.filter(left, { original, current });
    return left;
  };
  return {
    random,
    attackable: (text) => text.words.flatMap((_, index) => (allows(text, index) ? [index] : [])),

    async neighbours(current, index) {
      if (!allows(current, index)) return [];
      const key = keyOfColumns(current.columns);
      const texts = await transformation.candidates(current, index, random);
      const candidates = texts
        .filter((text) => keyOfColumns(text.columns) !== key)
        .map((text): Candidate => ({ text, index }));
      const joined = (candidate: Candidate) => candidate.text.columns.join('\n');
      return [...(await meeting(candidates, current))].sort((a, b) => compareText(joined(a), joined(b)));
    },

    async admits(text, current) {
      const changes = current.words.flatMap(({ text: word }, index) => (text.word(index).text === word ? [] : [index]));
      const candidates = changes.map((index): Candidate => ({ text, index }));
      return (await meeting(candidates, current)).length === candidates.length;
    },

    async evaluate(items) {
      const rows = await model.probabilities(items.map(({ text }) => text.columns));
      return rows.map((probabilities, i) => {
        const item = items[i] as (typeof items)[number];
        const answer: Answer = { probabilities, truth: label, text: item.text, original };
        return { item, probabilities, score: goal.score(answer), reached: goal.reached(answer) };
      });
    },

    get exhausted() {
      return model.exhausted;
    },

    async gradientNorms(text) {
      const [norms] = (await context.gradientNorms?.([text.columns], [label])) ?? [];
      if (norms?.length === text.words.length) return norms;
      throw new VictimError(`The victim gave ${norms?.length ?? 0} gradient norms for ${text.words.length} words.`);
    },
  };
}

const judged = ({ item, probabilities }: Scored): JudgedText => ({
  texts: item.text.columns,
  probabilities,
  prediction: argmax(probabilities),
});

function checkWhiteBox({ search }: AttackParts, { gradientNorms }: AttackContext): void {
  if (!search.whiteBox || gradientNorms) return;
  throw new InputError('The attack ranks words by gradients, and the victim gives none.', {
    where: search.name,
    option: 'victim',
    hint: 'Attack a victim that has `gradientNorms`, or choose an attack that ranks words another way.',
  });
}

/**
 * An attack from its parts: looks at the example, skips it where the goal says so (it is reached already), searches, and
 * says what became of it. Queries are counted by `context.model`.
 *
 * @throws RangeError when the victim has no class of the label.
 * @throws InputError when the search needs gradients and the victim has none.
 */
export function composeAttack(
  parts: AttackParts,
): (example: AttackExample, context: AttackContext) => Promise<AttackOutcome> {
  const { goal, search } = parts;
  return async (example, context) => {
    checkWhiteBox(parts, context);
    const original = AttackedText.of(example.texts);
    const space = spaceOf(parts, original, example.label, context);
    const answerOf = ({ item: { text }, probabilities }: Scored): Answer => ({
      probabilities,
      truth: example.label,
      text,
      original,
    });
    const [start] = await space.evaluate<Candidate>([{ text: original, index: -1 }]);
    if (start === undefined) throw new Error('The budget allows no query at all.');
    const skipped = goal.skips?.(answerOf(start)) ?? start.reached;
    const best = skipped || start.reached ? start : await search.search(start, space);
    const succeeded = !skipped && (goal.succeeds?.(answerOf(best)) ?? best.reached);
    const replacements = succeeded ? changedWords(original, best.item.text) : [];
    return {
      id: example.id,
      status: skipped ? 'skipped' : succeeded ? 'success' : 'failed',
      label: example.label,
      original: judged(start),
      ...(succeeded && { adversarial: judged(best) }),
      perturbedWords: replacements.length,
      totalWords: original.wordCount,
      queries: context.model.queries,
      modelQueries: context.model.modelQueries,
      replacements,
    };
  };
}
