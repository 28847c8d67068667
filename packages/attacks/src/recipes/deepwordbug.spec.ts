import { describe, expect, it } from 'vitest';
import { attackText, linearVictim } from '../testing/toys.js';
import { deepWordBug } from './deepwordbug.js';

describe('DeepWordBug', () => {
  it('misspells the word that matters most, once', async () => {
    const victim = linearVictim({ splendid: 3, boring: -1, film: 0.2 });
    const outcome = await attackText(deepWordBug.create(), victim, 'splendid but boring film');
    const [before, after] = ['splendid', outcome.replacements[0]?.to ?? ''];
    expect(outcome).toMatchObject({ status: 'success', perturbedWords: 1, replacements: [{ index: 0, from: before }] });
    expect(Math.abs(after.length - before.length)).toBeLessThanOrEqual(1);
    // "but" is a stop word: 1 look, 3 rankings, at most 4 misspellings of the first word.
    expect(outcome.queries).toBeGreaterThan(4);
    expect(outcome.queries).toBeLessThanOrEqual(8);
  });

  it('draws from the seed', async () => {
    const victim = linearVictim({ splendid: 3, boring: -1 });
    const found = await Promise.all(
      [1, 1, 2].map((seed) => attackText(deepWordBug.create(), victim, 'splendid boring', seed)),
    );
    const texts = found.map(({ adversarial }) => adversarial?.texts[0]);
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  it('stays within 30 edits of the text', async () => {
    const words = Array.from({ length: 60 }, (_, i) => `longword${String.fromCharCode(97 + (i % 26)).repeat(3)}${i}`);
    const victim = linearVictim(
      Object.fromEntries([...words.map((word) => [word, 0.1]), ['unk', 0.1]]) as Record<string, number>,
    );
    const outcome = await attackText(deepWordBug.create(), victim, words.join(' '));
    expect(outcome.status).toBe('failed');
    // After 30 edits no misspelling is left: fewer queries than 4 for each of the 60 words.
    expect(outcome.queries).toBeLessThan(1 + 60 + 35 * 4);
  });
});
