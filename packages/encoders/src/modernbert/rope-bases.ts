import { InputError } from '@rose/foundation';
import { JsonObject } from '../files/json-object.js';
import { type Span, spanNames } from './spans.js';

/** Where version 5 of transformers has a base, where older ones have it, and what it is in neither. */
const keys: Readonly<Record<Span, { readonly old: string; readonly usual: number }>> = {
  global: { old: 'global_rope_theta', usual: 160_000 },
  local: { old: 'local_rope_theta', usual: 10_000 },
};

/**
 * The bases of rotary positions, θ in Hugging Face's config.json, of global and of local layers.
 * @throws InputError for positions that are scaled, or not given for each type of layer
 */
export function ropeBases(config: JsonObject): Record<Span, number> {
  if (config.fields['rope_scaling'] != null) refuse(config, 'rope_scaling', config.fields['rope_scaling']);
  const parameters = parametersOf(config);
  return { global: baseOf(config, parameters, 'global'), local: baseOf(config, parameters, 'local') };
}

function parametersOf(config: JsonObject): Readonly<Record<string, unknown>> {
  const value = config.fields['rope_parameters'] ?? {};
  if (typeof value !== 'object') return refuse(config, 'rope_parameters', value);
  const parameters = value as Readonly<Record<string, unknown>>;
  const known = Object.values(spanNames);
  const stranger = Object.keys(parameters).find((key) => !known.includes(key));
  return stranger === undefined ? parameters : refuse(config, `rope_parameters.${stranger}`, parameters[stranger]);
}

function baseOf(config: JsonObject, parameters: Readonly<Record<string, unknown>>, span: Span): number {
  const name = spanNames[span];
  const { old, usual } = keys[span];
  const own = JsonObject.parse(JSON.stringify(parameters[name] ?? {}), `${config.where} (rope_parameters.${name})`);
  const type = own.fields['rope_type'] ?? own.fields['type'] ?? 'default';
  if (type !== 'default') refuse(config, `rope_parameters.${name}.rope_type`, type);
  if (own.fields['rope_theta'] != null) return own.positive('rope_theta', usual);
  // Versions before 5 read a null as the global base, and later ones do not read it.
  if (config.fields[old] === null) refuse(config, old, null);
  return config.positive(old, usual);
}

function refuse(config: JsonObject, key: string, value: unknown): never {
  throw new InputError(`"${key}" ${JSON.stringify(value)} is not supported.`, {
    where: config.where,
    hint: `Only rotary positions of the type "default" can be read: "rope_parameters" with a "rope_theta" for ${Object.values(spanNames).join(' and ')}, or "global_rope_theta" and "local_rope_theta".`,
  });
}
