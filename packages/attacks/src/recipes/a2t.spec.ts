import { describe, expect, it } from 'vitest';
import { AttackedText } from '../text/attacked-text.js';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { attackText, linearVictim, toySynonyms, toyTagger } from '../testing/toys.js';
import type { Victim } from '../victim/victim.js';
import { a2tMlm } from './a2t-mlm.js';
import { a2t } from './a2t.js';

describe('A2T', () => {
  const weights = { good: 1, old: 0.2, film: 0.4, x: -3 };
  const synonyms = toySynonyms({ good: ['x'], old: ['x'], film: ['x'] });
  const gradients = { good: 0.1, old: 0.9, film: 0.3 };
  const victim: Victim = {
    ...linearVictim(weights),
    gradientNorms: (inputs) =>
      Promise.resolve(
        inputs.map((columns) =>
          AttackedText.of(columns).words.map(({ text }) => gradients[text as keyof typeof gradients] ?? 0),
        ),
      ),
  };
  const given = { synonyms, partOfSpeech: toyTagger() };

  it('ranks words by gradients, without a query', async () => {
    const outcome = await attackText(a2t.create(given), victim, 'good old film');
    expect(outcome.adversarial?.texts).toEqual(['good x film']);
    expect(outcome.queries).toBe(2);
  });

  it('is refused to victims without, unless words are ranked by deletion', async () => {
    await expect(attackText(a2t.create(given), linearVictim(weights), 'good')).rejects.toThrow(/gradients/);
    const outcome = await attackText(
      a2t.create(given, { importance: 'delete' }),
      linearVictim(weights),
      'good old film',
    );
    expect(outcome.adversarial?.texts).toEqual(['x old film']);
    expect(outcome.queries).toBe(1 + 3 + 1);
  });

  it('changes four words of a short text at most', async () => {
    const swaps = toySynonyms(Object.fromEntries([...'abcdef'].map((word) => [word, ['x']])));
    const six = linearVictim({ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 });
    const recipe = a2t.create(
      { synonyms: swaps, partOfSpeech: toyTagger(), stopWords: new Set() },
      { importance: 'delete' },
    );
    expect(await attackText(recipe, six, 'a b c d e f')).toMatchObject({ status: 'failed', queries: 1 + 6 + 4 });
  });

  it('swaps no verb for a noun, and may ask a masked language model', async () => {
    const maskedLanguageModel = toyLanguageModel({ fill: { 'good _ film': { x: 0.9 } } });
    const tagger = toyTagger({ x: 'VERB' });
    expect(await attackText(a2t.create({ ...given, partOfSpeech: tagger }), victim, 'good old film')).toMatchObject({
      queries: 1,
    });
    const mlm = a2tMlm.create({ maskedLanguageModel, partOfSpeech: toyTagger() });
    expect((await attackText(mlm, victim, 'good old film')).adversarial?.texts).toEqual(['good x film']);
    expect(mlm.name).toBe('a2t-mlm-toy-lm-no-sentence-encoder');
  });
});
