import type { JsonObject } from '../files/json-object.js';
import type { Fit } from './fit-parameters.js';
import { isNameless, namedLabels, orderByName } from './labels.js';
import type { ParameterSpec } from './parameter-spec.js';

/** What the classes of a model will be called, and in which order its head has them. */
export interface HeadOfFolder {
  readonly labels?: readonly string[] | undefined;
  /** The row of the folder's head for each class, if it has them in another order. */
  readonly order?: readonly number[];
  readonly notes: readonly string[];
}

interface HeadOptions {
  readonly fields: JsonObject['fields'];
  readonly specs: readonly ParameterSpec[];
  readonly fit: Fit;
  readonly labels: readonly string[] | undefined;
}

/** The names in a config.json are those of its head: they say nothing of one that is drawn. */
export function headOfFolder({ fields, specs, fit, labels }: HeadOptions): HeadOfFolder {
  const head = specs.filter(({ role }) => role.kind === 'head');
  const isKept = head.length > 0 && head.every(({ name }) => fit.found.has(name));
  const named = isKept ? namedLabels(fields) : undefined;
  if (!named || named.length !== head[0]?.shape[0]) return { labels, notes: [] };
  if (!labels || isNameless(named)) return { labels: labels ?? named, notes: [] };
  const order = orderByName(named, labels);
  const [theirs, ours] = [named, labels].map((names) => names.slice(0, 12).join(', '));
  if (!order) {
    return { labels, notes: [`the head is kept, although the folder calls its classes ${theirs}, not ${ours}`] };
  }
  if (order.every((row, i) => row === i)) return { labels, notes: [] };
  return { labels, order, notes: [`the head's classes are put into the order ${ours}; the folder has ${theirs}`] };
}

/** The rows of a matrix, or the elements of a vector, in another order. */
export function rowsOf({ data, shape }: { data: Float32Array; shape: readonly number[] }, order: readonly number[]) {
  const width = data.length / (shape[0] ?? 1);
  const rows = new Float32Array(data.length);
  for (const [to, from] of order.entries()) rows.set(data.subarray(from * width, (from + 1) * width), to * width);
  return rows;
}
