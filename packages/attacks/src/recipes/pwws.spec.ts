import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms } from '../testing/toys.js';
import { pwws } from './pwws.js';

describe('PWWS', () => {
  const weights = { good: 1, old: 0.9, film: 0.1, poor: -1.2, aged: 0.4, dated: -2.6 };
  const synonyms = toySynonyms({ good: ['poor'], old: ['dated', 'aged'], film: [] });

  it('swaps first what weighs most by saliency times gain', async () => {
    // Logit 2. Without good 1, old 1.1, film 1.9: 1 − p = .269, .250, .130, soft-max .350, .344, .306.
    // Best swaps: good → poor leaves −0.2, score .550; old → dated −1.5, score .818. So old (.281) before good (.193),
    // though good is the more salient; dated succeeds at once.
    const outcome = await attackText(pwws.create({ synonyms }), linearVictim(weights), 'good old film');
    expect(outcome).toMatchObject({
      status: 'success',
      adversarial: { texts: ['good dated film'] },
      perturbedWords: 1,
    });
    // 1 look, 3 saliencies, 3 swaps to rank, 2 swaps of "old"; the last 2 are known to the cache.
    expect(outcome).toMatchObject({ queries: 9, modelQueries: 7 });
  });

  it('may swap names on the lists', async () => {
    const victim = linearVictim({ mary: 1, good: -0.5 });
    expect(await attackText(pwws.create({ synonyms: toySynonyms({}) }), victim, 'Mary is good')).toMatchObject({
      status: 'failed',
    });
    const named = await attackText(
      pwws.create({ synonyms: toySynonyms({}) }, { namedEntities: true }),
      victim,
      'Mary is good',
    );
    expect(named.adversarial?.texts[0]).toMatch(/^(?!Mary)[A-Z]\w+ is good$/);
  });
});
