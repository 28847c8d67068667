import type { Transformation } from './transformation.js';

/** Leaves the word out, unless it is the last one left (TextAttack `WordDeletion`). */
export const wordDeletion: Transformation = {
  name: 'word-deletion',
  candidates: (current, index) => (current.wordCount > 1 ? [current.delete(index)] : []),
};
