import { expect, it } from 'vitest';
import { AttackedText } from './attacked-text.js';
import { changedWords } from './changed-words.js';

it('lists swaps, insertions, splits, merges and deletions by the words that they befell', () => {
  const before = AttackedText.of(['the old film was good', 'so']);
  const after = before.replace(4, 'fi ne').replace(2, 'great film').delete(1).replace(0, 'a');
  expect(after.columns).toEqual(['a great film was fi ne', 'so']);
  expect(changedWords(before, after)).toEqual([
    { column: 0, index: 0, from: 'the', to: 'a' },
    { column: 0, index: 1, from: 'old', to: '' },
    { column: 0, index: 2, from: 'film', to: 'great film' },
    { column: 0, index: 4, from: 'good', to: 'fi ne' },
  ]);
  expect(changedWords(before, before)).toEqual([]);
  expect(changedWords(before, before.replace(5, 'So').replace(5, 'so'))).toEqual([]);
});
