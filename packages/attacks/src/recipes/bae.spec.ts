import { describe, expect, it } from 'vitest';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { attackText, linearVictim, toyTagger } from '../testing/toys.js';
import { bae } from './bae.js';

describe('BAE', () => {
  const victim = linearVictim({ good: 1, dull: -2, well: -2, not: -2 });
  const fill = {
    'a _ film': { good: 0.5, well: 0.3, dull: 0.2 },
    'a _ good film': { not: 0.9 },
    'a good _ film': { dull: 0.9 },
  };
  const model = toyLanguageModel({ fill });
  const partOfSpeech = toyTagger({ good: 'ADJ', dull: 'ADJ', well: 'ADV' });

  it('replaces by words of the same part of speech', async () => {
    const outcome = await attackText(bae.create({ maskedLanguageModel: model, partOfSpeech }), victim, 'a good film');
    expect(outcome.adversarial?.texts).toEqual(['a dull film']);
    expect(outcome.queries).toBe(1 + 2 + 1);
  });

  it('inserts beside a word, whatever the part of speech', async () => {
    const outcome = await attackText(
      bae.create({ maskedLanguageModel: model, partOfSpeech }, { operation: 'I' }),
      victim,
      'a good film',
    );
    expect(outcome.adversarial?.texts).toEqual(['a good dull film']);
    expect(outcome).toMatchObject({ perturbedWords: 1, replacements: [{ index: 1, from: 'good', to: 'good dull' }] });
    expect(bae.create({ maskedLanguageModel: model, partOfSpeech }, { operation: 'R/I' }).name).toContain(
      'bae-r-or-i-toy-lm',
    );
  });
});
