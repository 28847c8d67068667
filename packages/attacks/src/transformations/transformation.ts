import type { RandomStream } from '@rose/foundation';
import type { AttackedText } from '../attacked-text.js';

/** A way to change a text at one word. */
export interface Transformation {
  readonly name: string;
  /**
   * Texts that differ from `current` at word `index`; constraints have not been asked yet.
   * A transformation that draws numbers takes them from `random`, which is the example's own.
   */
  candidates(
    current: AttackedText,
    index: number,
    random: RandomStream,
  ): readonly AttackedText[] | Promise<readonly AttackedText[]>;
}
