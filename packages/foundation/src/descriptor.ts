import { z } from 'zod';
import { InputError } from './errors.js';
import { nearestName } from './nearest-name.js';

/** What everything that is chosen by name says of itself, in the file that implements it. */
export interface Descriptor {
  /** The name that it is chosen by. */
  readonly name: string;
  /** What it is, in one line. */
  readonly title: string;
  /** Where it was published: authors, year, venue or arXiv number. */
  readonly paper?: string;
}

/**
 * The settings of something that is chosen by name. Each has a range, a description that ends in where its default comes
 * from, and the default itself, which stands nowhere else.
 */
export type Settings = z.ZodObject;

/** Settings as they are used, with every default filled in. */
export type SettingsOf<S extends Settings> = z.output<S>;

/** Settings as somebody gives them. */
export type GivenSettings<S extends Settings> = z.input<S>;

/** For what has nothing to be set. */
export const noSettings = z.strictObject({});

/**
 * Fills in defaults and checks.
 * @param of whose settings these are, as messages call it
 * @throws InputError for an unknown name, with the nearest known one, or a value out of range
 */
export function parseSettings<S extends Settings>(schema: S, given: unknown, { of }: { of: string }): SettingsOf<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw settingError(parsed.error, { schema, given, of });
}

interface Refusal {
  readonly schema: z.ZodType;
  readonly given: unknown;
  /** Whose settings these are. */
  readonly of?: string;
}

/** The first fault that a schema finds, in words. Its `option` is the path of the setting. */
export function settingError(error: z.ZodError, { schema, given, of }: Refusal): InputError {
  const subject = of === undefined ? '' : ` of ${of}`;
  const issue = error.issues[0];
  if (!issue) return new InputError(`The settings${subject} are not valid.`);
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path.map(String), issue.keys[0] ?? ''];
    return unknownSetting(path, { schema, ...(of !== undefined && { of }) });
  }
  const name = issue.path.join('.');
  const value = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], given);
  return new InputError(`The setting '${name}'${subject} is ${said(value)}; ${explain(issue)}.`, { option: name });
}

/** Settings that a hint names at most. */
const MOST_SHOWN = 3;

/** There is no setting of this path; the hint has the nearest that there is. */
export function unknownSetting(
  path: readonly string[],
  { schema, of }: { readonly schema: z.ZodType; readonly of?: string },
): InputError {
  const name = path.join('.');
  const known = settingNames(schema, path.slice(0, -1));
  const nearest = nearestName(path.at(-1) ?? '', known);
  // Somebody may know the setting and not its place.
  const elsewhere = allSettings(schema).filter((other) => other.split('.').at(-1) === path.at(-1));
  const full = (key: string) => [...path.slice(0, -1), key].join('.');
  const meant = nearest === undefined ? elsewhere.map((other) => `'${other}'`) : [`'${full(nearest)}'`];
  const shown = meant.slice(0, MOST_SHOWN).join(' or ');
  const rest = meant.length > MOST_SHOWN ? `, or ${meant.length - MOST_SHOWN} others of that name` : '';
  return new InputError(`There is no setting '${name}'${of === undefined ? '' : ` of ${of}`}.`, {
    option: name,
    hint: shown === '' ? `Known here: ${known.join(', ') || 'nothing'}.` : `Did you mean ${shown}${rest}?`,
  });
}

/** The names that a schema knows at a path; none for what is no object. */
export function settingNames(schema: z.ZodType, path: readonly string[] = []): readonly string[] {
  const inner = path.reduce<z.ZodType | undefined>((object, key) => shapeOf(object)?.[key], schema);
  return Object.keys(shapeOf(inner) ?? {});
}

/** The full names of all settings, section by section. */
function allSettings(schema: z.ZodType, prefix = ''): string[] {
  return Object.entries(shapeOf(schema) ?? {}).flatMap(([key, inner]) => {
    const name = prefix + key;
    return shapeOf(inner) ? allSettings(inner, `${name}.`) : [name];
  });
}

function shapeOf(schema: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> | undefined {
  const bare = schema && unwrapped(schema);
  return bare instanceof z.ZodObject ? (bare.shape as Record<string, z.ZodType>) : undefined;
}

/** A schema without what says that it may be absent. */
export function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

/** One setting, as lists and documents show it. */
export interface SettingDescription {
  readonly name: string;
  /** What it may be: `number, 0 … 1`, `l2 | linf`, `true | false`. */
  readonly range: string;
  /** As it is written in an experiment; absent where nothing is assumed. */
  readonly default?: string;
  readonly description: string;
}

/** All settings of a schema in their order. */
export function describeSettings(schema: Settings): SettingDescription[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => {
    const json = property as JsonSchema;
    return {
      name,
      range: rangeOf(json),
      ...(json.default !== undefined && { default: JSON.stringify(json.default) }),
      description: json.description ?? '',
    };
  });
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function rangeOf(json: JsonSchema): string {
  if (json.const !== undefined) return JSON.stringify(json.const);
  if (json.enum) return json.enum.map(String).join(' | ');
  if (json.anyOf) return json.anyOf.map(rangeOf).join(' | ');
  if (json.type === 'boolean') return 'true | false';
  if (json.type === 'array') return `list of ${json.items ? rangeOf(json.items) : 'values'}`;
  if (json.type === 'number' || json.type === 'integer') {
    const kind = json.type === 'integer' ? 'whole number' : 'number';
    const bounds = boundsOf(json);
    return bounds === '' ? kind : `${kind}, ${bounds}`;
  }
  return Array.isArray(json.type) ? json.type.join(' | ') : String(json.type ?? 'anything');
}

function boundsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const bounded = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (bounded(minimum) && bounded(maximum)) return `${minimum} … ${maximum}`;
  const bounds = [
    bounded(minimum) && `≥ ${minimum}`,
    bounded(exclusiveMinimum) && `> ${exclusiveMinimum}`,
    bounded(maximum) && `≤ ${maximum}`,
    bounded(exclusiveMaximum) && `< ${exclusiveMaximum}`,
  ];
  return bounds.filter(Boolean).join(', ');
}

/** What a value has to be, from what the schema finds wrong with it. */
function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `it must ${countOf(issue.origin)}be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `it must ${countOf(issue.origin)}be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'invalid_value':
      return `it must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'invalid_type':
      return `it must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    default:
      return issue.message;
  }
}

const countOf = (origin: string): string => (origin === 'array' || origin === 'string' ? 'in length ' : '');

const said = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value));

/**
 * Descriptors by name, in their order.
 * @throws Error for two of one name: one of them would never be found
 */
export function byName<D extends Pick<Descriptor, 'name'>>(descriptors: readonly D[]): ReadonlyMap<string, D> {
  const found = new Map<string, D>();
  for (const descriptor of descriptors) {
    if (found.has(descriptor.name)) throw new Error(`Two are called '${descriptor.name}'.`);
    found.set(descriptor.name, descriptor);
  }
  return found;
}
