import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms } from '../testing/toys.js';
import { improvedGeneticAttack } from './iga.js';

describe('IGA', () => {
  it('may change a word again, but only a fifth of the words', async () => {
    // good → fair → poor: one word in five. Two words would do, too, but are refused.
    const synonyms = toySynonyms({ good: ['fair'], fair: ['poor'], film: ['movie'] });
    const victim = linearVictim({ good: 1, fair: 0.5, poor: -1, film: 0.4, movie: -0.6 });
    const outcome = await attackText(improvedGeneticAttack.create({ synonyms }), victim, 'such good film about dogs');
    expect(outcome.adversarial?.texts).toEqual(['such poor film about dogs']);
  });
});
