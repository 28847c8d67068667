import { InputError, nearestName } from '@rose/foundation';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { experimentSchema } from '../experiment/schema.js';

const { data, attack, backend } = experimentSchema.shape;

/** How a victim is reached; see `VictimSettings`. */
const victimSchema = z.strictObject({
  batchSize: z.int().positive().optional(),
  maxLength: z.int().min(4).optional(),
  timeout: z.number().positive().optional(),
  dtype: z.string().optional(),
  retries: z.int().min(0).optional(),
  backOff: z.number().min(0).optional(),
  requestsPerSecond: z.number().positive().optional(),
  callsAtOnce: z.int().positive().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});

/** What `--set` of `rose attack` may change: the sections of an experiment that concern it, and the victim. */
const settingsSchema = z.strictObject({
  data,
  attack,
  backend,
  victim: victimSchema.prefault({}),
});

export type AttackSettings = z.infer<typeof settingsSchema>;

/**
 * The settings with their defaults, after `--set SECTION.KEY=VALUE` overrides in order; values are YAML.
 * @throws InputError for an unknown key, with the nearest known one, or a wrong value
 */
export function attackSettings(overrides: readonly string[]): AttackSettings {
  const raw: Record<string, Record<string, unknown>> = {};
  for (const override of overrides) {
    const [, section, key, text] = /^(\w+)\.(\w+)=(.*)$/s.exec(override) ?? [];
    const value = parseDocument(text ?? '');
    if (section === undefined || key === undefined || value.errors.length > 0) {
      throw new InputError(`'${override}' is no setting.`, {
        where: '--set',
        hint: 'Write --set SECTION.KEY=VALUE, e.g. --set attack.synonyms=counter-fitted.',
      });
    }
    (raw[section] ??= {})[key] = value.toJS() as unknown;
  }
  const parsed = settingsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw explain(parsed.error);
}

function explain(error: z.ZodError): InputError {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code !== 'unrecognized_keys') {
    return new InputError(`The setting '${path.join('.')}' is wrong: ${issue?.message}.`, { where: '--set' });
  }
  const key = issue.keys[0] ?? '';
  const known = knownKeys(path[0]);
  const nearest = nearestName(key, known);
  const full = (name: string) => [...path, name].join('.');
  return new InputError(`There is no setting '${full(key)}'.`, {
    where: '--set',
    hint: nearest ? `Did you mean '${full(nearest)}'?` : `Known here: ${known.join(', ')}.`,
  });
}

function knownKeys(section: string | undefined): readonly string[] {
  const { shape } = settingsSchema;
  if (section === undefined) return Object.keys(shape);
  const inner = section in shape ? shape[section as keyof typeof shape].unwrap() : undefined;
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}
