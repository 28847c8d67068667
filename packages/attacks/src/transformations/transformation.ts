import type { RandomStream } from '@rose/foundation';
import type { AttackedText } from '../text/attacked-text.js';

/** A way to change a text at one word. */
export interface Transformation {
  readonly name: string;
  /**
   * Texts that differ from `current` at word `index` (and, for merges, at words right after it); constraints have not been
   * asked yet. A transformation that draws numbers takes them from `random`, which is the example's own, and before it
   * waits for anything: many words of an example are asked about at once.
   */
  candidates(
    current: AttackedText,
    index: number,
    random: RandomStream,
  ): readonly AttackedText[] | Promise<readonly AttackedText[]>;
}
