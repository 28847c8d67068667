import { describe, expect, it } from 'vitest';
import { attackText, linearVictim } from '../testing/toys.js';
import { inputReduction } from './input-reduction.js';

describe('input reduction', () => {
  it('deletes what does not matter first, and keeps the label', async () => {
    // Without "film" the logit is 1.6, without "good" 0.1, without "dull" 2.1: dull goes first, good stays.
    const victim = linearVictim({ good: 1.5, film: 0, dull: -0.5, hmm: 0.6 });
    const outcome = await attackText(inputReduction.create(), victim, 'good film dull hmm');
    expect(outcome).toMatchObject({ status: 'success', adversarial: { texts: ['good'], prediction: 1 } });
    // 1 look, 4 rankings, a query a deletion: dull, film, hmm.
    expect(outcome).toMatchObject({ queries: 8, perturbedWords: 3 });
  });

  it('follows the words that deletions move', async () => {
    const victim = linearVictim({ z: 2, a: 0.1, b: -0.1, c: -0.2, d: 0.2 });
    const recipe = inputReduction.create({ stopWords: new Set() });
    expect((await attackText(recipe, victim, 'c b a d z')).adversarial?.texts).toEqual(['z']);
  });

  it('skips wrong predictions, and fails where nothing can go', async () => {
    const victim = linearVictim({ good: 1, bad: -1 });
    expect(await attackText(inputReduction.create(), victim, 'bad film')).toMatchObject({
      status: 'skipped',
      queries: 1,
    });
    expect(await attackText(inputReduction.create(), victim, 'good')).toMatchObject({ status: 'failed', queries: 1 });
    expect(await attackText(inputReduction.create(), victim, 'it was the')).toMatchObject({ status: 'skipped' });
  });
});
