import { InputError } from '@rose/foundation';

/** A name of a class, whatever its case and the way its words are joined. */
const plain = (label: string): string => label.toLowerCase().replace(/[\s_-]+/g, ' ');

/** What `id2label` of a config.json calls its classes, in their order; undefined where it names none, or not all. */
export function namedLabels({ id2label }: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  if (typeof id2label !== 'object' || id2label === null || Array.isArray(id2label)) return undefined;
  const names = new Map(Object.entries(id2label as Record<string, unknown>));
  const labels = Array.from(names, (_, i) => names.get(String(i)));
  return labels.length > 0 && labels.every((label) => typeof label === 'string') ? labels : undefined;
}

/** Hugging Face's names for classes that have none: they say no more than the order. */
export const isNameless = (labels: readonly string[]): boolean =>
  labels.every((label, i) => plain(label) === `label ${i}`);

/** The class of the head for each label that is wanted; undefined where the names are not the same. */
export function orderByName(named: readonly string[], wanted: readonly string[]): readonly number[] | undefined {
  const order = wanted.map((label) => named.findIndex((name) => plain(name) === plain(label)));
  const isWhole = named.length === wanted.length && !order.includes(-1) && new Set(order).size === order.length;
  return isWhole ? order : undefined;
}

/** @throws InputError unless there is a name for each class, and another for each */
export function checkLabels(labels: readonly string[], classes: number): void {
  if (labels.length !== classes) {
    throw new InputError(`There are ${labels.length} labels for ${classes} classes.`, {
      option: 'labels',
      hint: 'Name each class, in their order, or leave the labels out.',
    });
  }
  const twice = labels.find((label, i) => labels.indexOf(label) !== i);
  if (twice === undefined) return;
  throw new InputError(`Two classes are called '${twice}'.`, { option: 'labels', hint: 'Name each once.' });
}
