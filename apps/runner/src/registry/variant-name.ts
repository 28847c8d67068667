import { InputError, lookUp } from '@rose/foundation';
import { objectives } from './objectives.js';
import { selections } from './selections.js';

const where = 'variants';

/** The parts that a variant's name has; at least one of them is there. */
export interface VariantName {
  readonly objective?: string;
  readonly selection?: string;
}

/**
 * Reads `objective`, `selection` or `objective+selection`.
 * @throws InputError for a name that is not known, with the nearest that is
 */
export function parseVariant(name: string): VariantName {
  const [first = '', second, ...more] = name.split('+');
  if (second === undefined) {
    lookUp(new Map<string, unknown>([...objectives, ...selections]), name, { kind: 'variant', where });
    return objectives.has(name) ? { objective: name } : { selection: name };
  }
  if (more.length > 0 || (selections.has(first) && objectives.has(second))) {
    throw new InputError(`There is no variant '${name}'.`, {
      where,
      hint:
        more.length > 0
          ? 'A variant is an objective, a selection, or objective+selection.'
          : `The objective comes first: '${second}+${first}'.`,
    });
  }
  lookUp(objectives, first, { kind: 'objective', where });
  lookUp(selections, second, { kind: 'selection', where });
  return { objective: first, selection: second };
}
