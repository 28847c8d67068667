import { InputError } from '@rose/foundation';
import type { UsedResource } from '../attack-recipe.js';
import type { WordConstraint } from '../constraints/constraint.js';
import { frozenColumns, stopWordModification } from '../constraints/word-constraints.js';
import type { AttackExample } from '../outcome.js';
import type { Resource } from '../resources/resource.js';
import { functionWords, hashOfWords } from '../resources/stop-words.js';

/** What every recipe takes. */
export interface CommonOptions {
  /** Words that stay, compared in their own case; default `functionWords`. Of no use to CheckList. */
  readonly stopWords?: ReadonlySet<string>;
  /** Columns (0 or 1) that stay: [0] keeps the premise of an entailment pair. Default none. */
  readonly frozenColumns?: readonly number[];
}

/** @throws InputError when `value` lies outside `from` … `to`, or is no whole number where one is needed. */
export function checkRange(
  option: string,
  value: number,
  { from, to, whole = false }: { from: number; to: number; whole?: boolean },
): void {
  if (value >= from && value <= to && (!whole || Number.isInteger(value))) return;
  throw new InputError(`${option} is ${value}.`, {
    where: option,
    hint: `give a ${whole ? 'whole ' : ''}number from ${from} ${to === Infinity ? 'up' : `to ${to}`}`,
  });
}

/** @throws InputError when a named threshold is no whole number from 1 up. */
export function checkCounts(counts: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(counts)) {
    checkRange(option, value, { from: 1, to: Infinity, whole: true });
  }
}

/** @throws InputError when a named threshold lies outside 0 … 1. */
export function checkShares(shares: Readonly<Record<string, number>>): void {
  for (const [option, value] of Object.entries(shares)) checkRange(option, value, { from: 0, to: 1 });
}

/** @throws InputError when a frozen column is not there, or all are frozen and nothing is left to attack. */
export function checkFrozenColumns(example: AttackExample, frozen: ReadonlySet<number>): void {
  const where = `example ${example.id}`;
  for (const column of frozen) {
    if (example.texts[column] === undefined) {
      throw new InputError(`Column ${column} is frozen, but the example has ${example.texts.length}.`, {
        where,
        hint: 'columns are counted from 0; freeze none for single sentences',
      });
    }
  }
  if (frozen.size >= example.texts.length) {
    throw new InputError('Every column is frozen: nothing is left to attack.', { where, hint: 'free one column' });
  }
}

/** The word constraint that frozen columns call for, if any. */
export function freezing({ frozenColumns: columns = [] }: CommonOptions): readonly WordConstraint[] {
  return columns.length > 0 ? [frozenColumns(new Set(columns))] : [];
}

/** A resource as a description lists it. */
export function used(role: string, resource: Pick<Resource, 'name'> & Partial<Resource>): UsedResource {
  const { name, version, hash } = resource;
  return { role, name, ...(version !== undefined && { version }), ...(hash !== undefined && { hash }) };
}

/** The stop words of a recipe: the constraint, the resource, and how they depart from the list that the attack is known with. */
export function keepingStopWords({ stopWords = functionWords }: CommonOptions, usual = "NLTK's English list") {
  const name = stopWords === functionWords ? 'rose-function-words' : 'custom';
  return {
    constraint: stopWordModification(stopWords),
    source: used('stop words', { name, hash: hashOfWords(stopWords) }),
    departure: `${stopWords.size} stop words (${name}) in place of ${usual}`,
  };
}
