import type { AttackedText } from '../text/attacked-text.js';
import { keyOfColumns } from '../text/text-columns.js';
import type { Transformation } from './transformation.js';

/** The candidates of several transformations, each text once (TextAttack `CompositeTransformation`). */
export function composite(transformations: readonly Transformation[]): Transformation {
  return {
    name: transformations.map(({ name }) => name).join(' | '),
    async candidates(current, index, random) {
      // All are called before any is waited for, so that their random numbers come in one order always.
      const lists = await Promise.all(transformations.map((one) => one.candidates(current, index, random)));
      const byText = new Map<string, AttackedText>();
      for (const text of lists.flat()) {
        const key = keyOfColumns(text.columns);
        if (!byText.has(key)) byText.set(key, text);
      }
      return [...byText.values()];
    },
  };
}
