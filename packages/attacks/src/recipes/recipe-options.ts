import { InputError } from '@rose/foundation';
import type { UsedResource } from '../attack-recipe.js';
import type { AttackExample } from '../outcome.js';
import type { Resource } from '../resources/resource.js';

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

/** A resource as a description lists it. */
export function used(role: string, resource: Pick<Resource, 'name'> & Partial<Resource>): UsedResource {
  const { name, version, hash } = resource;
  return { role, name, ...(version !== undefined && { version }), ...(hash !== undefined && { hash }) };
}
