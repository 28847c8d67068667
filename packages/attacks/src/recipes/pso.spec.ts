import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms } from '../testing/toys.js';
import { pso } from './pso.js';

describe('PSO', () => {
  const synonyms = toySynonyms({ good: ['fair', 'poor'], film: ['movie'] });
  const victim = linearVictim({ good: 1, fair: 0.9, poor: -0.2, film: 0.5, movie: -0.5 });

  it('brings together what several words achieve', async () => {
    const outcome = await attackText(pso.create({ synonyms }), victim, 'such good film');
    expect(outcome).toMatchObject({ status: 'success', adversarial: { texts: ['such poor movie'] } });
  });

  it('tries no more synonyms for a word than it is told to', async () => {
    const outcome = await attackText(pso.create({ synonyms }, { maxCandidates: 1 }), victim, 'such good film');
    expect(outcome.status).toBe('failed');
    expect(pso.create({ synonyms }).describe().settings).toEqual({ particles: 60, rounds: 20 });
  });
});
