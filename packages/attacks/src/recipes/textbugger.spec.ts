import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms } from '../testing/toys.js';
import { textBugger } from './textbugger.js';

describe('TextBugger', () => {
  const synonyms = toySynonyms({ splendid: ['a1', 'a2', 'a3', 'a4', 'a5', 'awful'] });

  it('tries a split, two misspellings, look-alikes and five synonyms', async () => {
    // Only the split makes two words of it, of which the second weighs against the truth.
    const halves = Object.fromEntries(['plendid', 'lendid', 'endid', 'ndid', 'did', 'id'].map((half) => [half, -9]));
    const victim = linearVictim({ splendid: 3, film: 2, awful: -99, ...halves });
    const outcome = await attackText(textBugger.create({ synonyms }), victim, 'a splendid film');
    expect(outcome.status).toBe('success');
    expect(outcome.adversarial?.texts[0]).toMatch(/^a s\w* \w+ film$/);
    expect(outcome.replacements[0]?.to.replace(' ', '')).toBe('splendid');
    expect(outcome.perturbedWords).toBe(1);
    // 1 look, 2 rankings, a split, a deletion, a swap, 8 look-alikes, 5 synonyms (the sixth, awful, is out of reach).
    expect(outcome.queries).toBe(1 + 2 + 3 + 8 + 5);
  });
});
