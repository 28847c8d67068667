import { z } from 'zod';
import type { Settings } from './setting-shapes.js';

/** One setting, as lists and documents show it. */
export interface SettingDescription {
  readonly name: string;
  /** What it may be: `number, 0 … 1`, `l2 | linf`, `true | false`. */
  readonly range: string;
  /** As JSON; absent where nothing is assumed. */
  readonly default?: string;
  readonly description: string;
}

/** All settings of a schema in their order. */
export function describeSettings(schema: Settings): SettingDescription[] {
  const { properties = {} } = toJson(schema) as { properties?: Readonly<Record<string, JsonSchema>> };
  return Object.entries(properties).map(([name, json]) => ({
    name,
    ...valuesOf(json),
    description: json.description ?? '',
  }));
}

/** What one setting may be. */
export const describeValues = (setting: z.ZodType): Pick<SettingDescription, 'range' | 'default'> =>
  valuesOf(toJson(setting) as JsonSchema);

const toJson = (schema: z.ZodType): object => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

const valuesOf = (json: JsonSchema) => ({
  range: rangeOf(json),
  ...(json.default !== undefined && { default: JSON.stringify(json.default) }),
});

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
  if (json.type === 'object') return 'names with a value each';
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
