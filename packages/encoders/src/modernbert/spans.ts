import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';

/** What the tokens of a layer attend to: all of their row, or those nearby. */
export type Span = 'global' | 'local';

/** Hugging Face's names, in `layer_types` and `rope_parameters`. */
export const spanNames: Readonly<Record<Span, string>> = { global: 'full_attention', local: 'sliding_attention' };

const spanOf: ReadonlyMap<unknown, Span> = new Map([
  [spanNames.global, 'global'],
  [spanNames.local, 'local'],
]);

/**
 * One for each layer: the `layer_types` of version 5 of transformers, else every n-th layer from the first on is global.
 * @throws InputError for other types, or another number of them
 */
export function spansOf(config: JsonObject): Span[] {
  const layers = config.count('num_hidden_layers');
  const types = config.fields['layer_types'];
  if (types == null) {
    const every = config.count('global_attn_every_n_layers', 3);
    return Array.from({ length: layers }, (_, layer) => (layer % every === 0 ? 'global' : 'local'));
  }
  const spans = Array.isArray(types) ? types.flatMap((type: unknown) => spanOf.get(type) ?? []) : [];
  if (Array.isArray(types) && types.length === layers && spans.length === layers) return spans;
  throw new InputError(`"layer_types" ${JSON.stringify(types)} is not supported.`, {
    where: config.where,
    hint: `Name ${Object.values(spanNames).join(' or ')} for each of the ${layers} layers of "num_hidden_layers".`,
  });
}

/** How many tokens a local layer sees to each side: half of the window, rounded down. A `sliding_window` is this half itself. */
export const reachOf = (config: JsonObject): number =>
  config.fields['sliding_window'] == null
    ? Math.floor(config.count('local_attention', 128) / 2)
    : config.count('sliding_window');
