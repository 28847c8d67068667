import { describe, expect, it } from 'vitest';
import { attackText, linearVictim, toySynonyms, toyTagger } from '../testing/toys.js';
import { tfAdjusted } from './tf-adjusted.js';

describe('TFAdjusted', () => {
  it('refuses what TextFooler takes: distant words, changed sentences, bad grammar', async () => {
    const victim = linearVictim({ good: 1, far: -2, strange: -2, wrong: -2, near: -2 });
    const cosine = (_: string, b: string) => (b === 'far' ? 0.89 : 0.91);
    const angle = (text: string) => (text.includes('strange') ? 0.21 : 0);
    const recipe = tfAdjusted.create({
      synonyms: toySynonyms({ good: ['far', 'strange', 'wrong', 'near'] }, { cosine }),
      partOfSpeech: toyTagger(),
      sentenceEncoder: {
        name: 'toy-encoder',
        // cos 0.21 = 0.978. Texts shorter than the window are looked at, too.
        embed: (texts) =>
          Promise.resolve(texts.map((text) => Float32Array.of(Math.cos(angle(text)), Math.sin(angle(text))))),
      },
      grammar: {
        name: 'toy-grammar',
        version: '1',
        hash: 'toy',
        errors: (texts) => Promise.resolve(texts.map((text) => (text.includes('wrong') ? 1 : 0))),
      },
    });
    const outcome = await attackText(recipe, victim, 'good film');
    expect(outcome.adversarial?.texts).toEqual(['near film']);
    expect(outcome.queries).toBe(1 + 2 + 1);
    expect(recipe.name).toBe('tfadjusted-toy-toy-encoder-toy-grammar');
  });
});
