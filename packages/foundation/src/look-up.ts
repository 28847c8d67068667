import { InputError } from './errors.js';
import { nearestName } from './nearest-name.js';

/** What a name stands for, as messages call it and where a user gave it. */
export interface LookUpContext {
  /** `variant`, `suite` … */
  readonly kind: string;
  /** The setting or option that held the name. Rooms above may know it by another (`renamingOptions`). */
  readonly where: string;
}

/**
 * The entry of a registry, by name.
 * @throws InputError for an unknown name, with the nearest known one or, where none comes near, all of them
 */
export function lookUp<T>(registry: ReadonlyMap<string, T>, name: string, { kind, where }: LookUpContext): T {
  const found = registry.get(name);
  if (found !== undefined) return found;
  const known = [...registry.keys()];
  const nearest = nearestName(name, known);
  throw new InputError(`There is no ${kind} '${name}'.`, {
    option: where,
    hint: nearest ? `Did you mean '${nearest}'?` : `Known: ${known.join(', ')}.`,
  });
}
