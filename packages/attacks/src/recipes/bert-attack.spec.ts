import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { attackText, linearVictim } from '../testing/toys.js';
import { bertAttack } from './bert-attack.js';

describe('BERT-Attack', () => {
  it('reads words that it sees, and changes two fifths of them at most', async () => {
    const victim = linearVictim({ apple: 1, pear: 1, plum: 1, fig: 1, lime: 1 });
    const zero = [{ zero: 0.9 }];
    const model = toyLanguageModel({ reconstruct: { apple: zero, pear: zero, plum: zero, fig: zero, lime: zero } });
    const outcome = await attackText(
      bertAttack.create({ maskedLanguageModel: model }),
      victim,
      'apple pear plum fig lime',
    );
    // 5 rankings; 2 swaps of 5 words are allowed, and a candidate for the third is refused.
    expect(outcome).toMatchObject({ status: 'failed', queries: 1 + 5 + 2 });
  });

  it('is refused to models that only fill masks', () => {
    const { name, version, hash, fill } = toyLanguageModel({});
    const model = { name, version, hash, fill };
    expect(() => bertAttack.create({ maskedLanguageModel: model })).toThrow(InputError);
  });
});
