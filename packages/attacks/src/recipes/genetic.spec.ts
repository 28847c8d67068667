import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms } from '../testing/toys.js';
import { geneticAttack } from './genetic.js';

describe('the genetic attack', () => {
  const synonyms = toySynonyms({ good: ['poor'], film: ['movie'], long: ['slow'] });
  const victim = linearVictim({ good: 1, poor: -0.2, film: 0.5, movie: -0.5, long: 0.1, slow: 0 });
  const text = 'such good film about long winters in the old city';

  it('brings together what several words achieve, within a fifth of the words', async () => {
    // No one word will do: good → poor leaves 0.4, film → movie 0.6; both together −0.6.
    const outcome = await attackText(geneticAttack.create({ synonyms }), victim, text);
    expect(outcome).toMatchObject({ status: 'success', perturbedWords: 2 });
    expect(outcome.adversarial?.texts).toEqual(['such poor movie about long winters in the old city']);
    const one = await attackText(geneticAttack.create({ synonyms }, { maxShare: 0.1 }), victim, text);
    expect(one.status).toBe('failed');
  });

  it('changes words for near ones only, where the synonyms have vectors', async () => {
    const far = { ...synonyms, squaredDistance: (_: string, other: string) => (other === 'poor' ? 0.51 : 0.5) };
    expect((await attackText(geneticAttack.create({ synonyms: far }), victim, text)).status).toBe('failed');
    const wide = geneticAttack.create({ synonyms: far }, { maxSquaredDistance: 0.6 });
    expect((await attackText(wide, victim, text)).status).toBe('success');
  });

  it('ends with its generations', async () => {
    const stubborn = linearVictim({ good: 9, film: 9, movie: 8 });
    const queries = async (generations: number) =>
      (await attackText(geneticAttack.create({ synonyms }, { generations, population: 4 }), stubborn, text)).queries;
    expect(await queries(1)).toBeLessThan(await queries(5));
  });
});
