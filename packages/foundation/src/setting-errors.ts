import type { z } from 'zod';
import { describeValues } from './describe-settings.js';
import { InputError } from './errors.js';
import { nearestName } from './nearest-name.js';
import { allSettings, settingAt, settingNames, settingPath, shapeOf } from './setting-shapes.js';

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
  const value = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)?.[key], given);
  const path = settingPath(schema, issue.path);
  const name = path.join('.');
  // What stands in a list is no setting of its own.
  const isWhole = path.length === issue.path.length;
  const found = `${isWhole ? 'is' : 'holds'} ${said(value)}; ${explain(issue, isWhole ? 'it' : 'each')}`;
  const setting = settingAt(schema, path);
  return new InputError(`The setting '${name}'${subject} ${found}.`, {
    option: name,
    ...(setting && { hint: takes(setting) }),
  });
}

/** Settings that a hint names at most. */
const MOST_SHOWN = 3;

/** There is no setting of this path; the hint has the nearest that there is. */
export function unknownSetting(
  path: readonly string[],
  { schema, of }: { readonly schema: z.ZodType; readonly of?: string },
): InputError {
  const name = path.join('.');
  const above = path.slice(0, -1);
  const known = settingNames(schema, above);
  const nearest = nearestName(path.at(-1) ?? '', known);
  // Somebody may know the setting and not its place.
  const elsewhere = allSettings(schema).filter((other) => other.split('.').at(-1) === path.at(-1));
  const full = (key: string) => [...above, key].join('.');
  const meant = nearest === undefined ? elsewhere.map((other) => `'${other}'`) : [`'${full(nearest)}'`];
  const shown = meant.slice(0, MOST_SHOWN).join(' or ');
  const rest = meant.length > MOST_SHOWN ? `, or ${meant.length - MOST_SHOWN} others of that name` : '';
  return new InputError(`There is no setting '${name}'${of === undefined ? '' : ` of ${of}`}.`, {
    option: name,
    hint: shown === '' ? knownBelow(above, schema) : `Did you mean ${shown}${rest}?`,
  });
}

/** What there is below a path, or what else can be given there. */
function knownBelow(path: readonly string[], schema: z.ZodType): string {
  const known = settingNames(schema, path);
  if (known.length > 0) return `Known here: ${known.join(', ')}.`;
  const setting = settingAt(schema, path);
  return setting && !shapeOf(setting)
    ? `'${path.join('.')}' has no settings below it. ${takes(setting)}`
    : 'There are no settings here.';
}

/** What a setting may be, as a hint. */
function takes(setting: z.ZodType): string {
  const names = Object.keys(shapeOf(setting) ?? {});
  if (names.length > 0) return `Below it: ${names.join(', ')}.`;
  const { range, default: usual } = describeValues(setting);
  return `It takes: ${range}${usual === undefined ? '' : `; default ${usual}`}.`;
}

/** What a value has to be, from what the schema finds wrong with it. */
function explain(issue: z.core.$ZodIssue, it: string): string {
  switch (issue.code) {
    case 'too_small':
      return `${it} must ${bound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`;
    case 'too_big':
      return `${it} must ${bound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`;
    case 'invalid_value':
      return `${it} must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'invalid_type':
      return `${it} must be ${kinds[issue.expected] ?? `of type ${issue.expected}`}`;
    default:
      // Those of our own schemas are whole clauses.
      return issue.message;
  }
}

/** Types as people call them. */
const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a section with settings below it',
  record: 'names with a value each',
  string: 'text',
};

function bound(origin: string, is: string, limit: number | bigint): string {
  if (origin !== 'array' && origin !== 'string') return `be ${is} ${limit}`;
  return limit === 1 ? 'not be empty' : `have ${is} ${limit} ${origin === 'array' ? 'entries' : 'characters'}`;
}

/** A value as messages show it. */
function said(value: unknown): string {
  if (value === undefined) return 'missing';
  // JSON has no NaN and no infinity.
  if (typeof value === 'number') return String(value);
  const text = jsonOf(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

const LONGEST_SHOWN = 60;

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // YAML's aliases can put a list into itself.
    return 'a value that holds itself';
  }
}
