import { constructions } from '../examples/example.js';
import type { AdversarialExample, Construction } from '../examples/example.js';
import { groupBy } from '../examples/group-by.js';

/** How many of the items were answered with their label. */
export interface Count {
  readonly correct: number;
  readonly total: number;
}

export interface ConstructionCount extends Count {
  readonly construction: Construction;
}

export interface MethodCount extends ConstructionCount {
  readonly method: string;
}

export interface AdversarialTable {
  readonly all: Count;
  /** Word, sentence, human: those that occur, in this order. */
  readonly byConstruction: readonly ConstructionCount[];
  /** Within each construction the largest method first. */
  readonly byMethod: readonly MethodCount[];
}

interface Scored {
  readonly example: AdversarialExample;
  readonly correct: boolean;
}

const count = (scored: readonly Scored[]): Count => ({
  correct: scored.filter(({ correct }) => correct).length,
  total: scored.length,
});

function countMethods(construction: Construction, scored: readonly Scored[]): MethodCount[] {
  const methods = [...groupBy(scored, ({ example }) => example.method ?? 'unnamed')];
  return methods
    .map(([method, group]) => ({ construction, method, ...count(group) }))
    .sort((a, b) => b.total - a.total || (a.method < b.method ? -1 : 1));
}

/**
 * Correct answers per construction and per method. They are counts, because AdvGLUE's cells hold 1 to 38 items: too few
 * for a percentage. Items without annotation count under `all` only.
 *
 * @param predictions one label id per example, in the same order
 * @throws RangeError when the lists differ in length
 */
export function tabulateAdversarial(
  examples: readonly AdversarialExample[],
  predictions: readonly number[],
): AdversarialTable {
  if (examples.length !== predictions.length) {
    throw new RangeError(`${examples.length.toString()} examples, ${predictions.length.toString()} predictions`);
  }
  const scored = examples.map((example, i) => ({ example, correct: predictions[i] === example.label }));
  const kinds = constructions
    .map((construction) => ({ construction, group: scored.filter((s) => s.example.construction === construction) }))
    .filter(({ group }) => group.length > 0);
  return {
    all: count(scored),
    byConstruction: kinds.map(({ construction, group }) => ({ construction, ...count(group) })),
    byMethod: kinds.flatMap(({ construction, group }) => countMethods(construction, group)),
  };
}
