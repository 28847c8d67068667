import { InputError } from '@rose/foundation';
import type { AttackExample, AttackOutcome } from '../text/outcome.js';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown) => Array.isArray(value) && value.every((text) => typeof text === 'string');
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isJudged = (value: unknown) =>
  isObject(value) &&
  isTexts(value['texts']) &&
  Array.isArray(value['probabilities']) &&
  (value['prediction'] === null || isCount(value['prediction']));

/** What is wrong with a journal, and where in it. Its option is the journal's `file`. */
export const journalError = (message: string, details: { readonly where: string; readonly cause?: unknown }) =>
  new InputError(message, {
    option: 'file',
    hint: 'Choose another file, or begin this one anew.',
    ...details,
  });

/** What a line needs to be an outcome: a check for each field that must be there. */
const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'number' || typeof value === 'string',
  status: (value) => ['success', 'failed', 'skipped', 'error'].includes(String(value)),
  label: isCount,
  original: isJudged,
  adversarial: (value) => value === undefined || isJudged(value),
  perturbedWords: isCount,
  totalWords: isCount,
  queries: isCount,
  modelQueries: isCount,
  replacements: (value) => Array.isArray(value),
};

/**
 * A line of a journal as an outcome.
 * @throws InputError naming the line.
 */
export function parseOutcome(line: string, where: string): AttackOutcome {
  const refuse = (message: string, cause?: unknown) => journalError(message, { where, cause });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw refuse('The line is not JSON.', cause);
  }
  if (!isObject(value)) throw refuse('The line is not the outcome of an attack.');
  const wrong = Object.entries(CHECKS).find(([field, holds]) => !holds((value as Fields)[field]));
  if (wrong) throw refuse(`The line is not the outcome of an attack: '${wrong[0]}' is wrong.`);
  return value as unknown as AttackOutcome;
}

/** Whether an outcome is that of the example, its label and its texts included. */
export const isOutcomeOf = (outcome: AttackOutcome, { id, label, texts }: AttackExample): boolean =>
  outcome.id === id && outcome.label === label && JSON.stringify(texts) === JSON.stringify(outcome.original.texts);
