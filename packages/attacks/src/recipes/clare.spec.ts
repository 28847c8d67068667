import { describe, expect, it } from 'vitest';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { attackText, linearVictim, toyTagger } from '../testing/toys.js';
import { clare } from './clare.js';

describe('CLARE', () => {
  const fill = {
    'some _ film': { bad: 0.9, rare: 1e-4 },
    'some _ good film': { very: 1e-4 },
    'some _': { trash: 0.9, junk: 1e-3 },
  };
  const recipe = clare.create({
    maskedLanguageModel: toyLanguageModel({ fill }),
    partOfSpeech: toyTagger({ good: 'ADJ' }),
  });

  it('replaces, inserts and merges, whichever is best', async () => {
    const merge = linearVictim({ good: 1, film: 0.5, trash: -1, bad: -0.8, junk: -9, rare: -9 });
    const outcome = await attackText(recipe, merge, 'some good film');
    expect(outcome.adversarial?.texts).toEqual(['some trash']);
    // Candidates too improbable (junk for a merge, rare for a swap) are never asked about; very, an insertion, is.
    expect(outcome.queries).toBe(1 + 3);
    expect(outcome.replacements).toEqual([
      { column: 0, index: 1, from: 'good', to: 'trash' },
      { column: 0, index: 2, from: 'film', to: '' },
    ]);
    const insert = linearVictim({ good: 1, very: -2, trash: 1 });
    expect((await attackText(recipe, insert, 'some good film')).adversarial?.texts).toEqual(['some very good film']);
  });
});
