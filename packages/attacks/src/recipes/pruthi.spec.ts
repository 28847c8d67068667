import { describe, expect, it } from 'vitest';
import { attackText, linearVictim } from '../testing/toys.js';
import { pruthi } from './pruthi.js';

describe('Pruthi', () => {
  it('misspells one word inside, the worst way', async () => {
    const victim = linearVictim({ great: 1, film: 1, fun: 1, gerat: -3 });
    const outcome = await attackText(pruthi.create(), victim, 'great film fun');
    expect(outcome.adversarial?.texts).toEqual(['gerat film fun']);
  });

  it('leaves short words and all but one word alone', async () => {
    const victim = linearVictim({ great: 1, film: 1, fun: 1 });
    const once = await attackText(pruthi.create(), victim, 'great film fun');
    expect(once.status).toBe('failed');
    const two = await attackText(
      pruthi.create({}, { maxWords: 2 }),
      linearVictim({ great: 2, film: 2, dog: -1 }),
      'great film dog',
    );
    expect(two).toMatchObject({ status: 'success', perturbedWords: 2 });
  });
});
