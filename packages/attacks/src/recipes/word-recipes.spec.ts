import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { AttackedText } from '../attacked-text.js';
import type { AttackRecipe } from '../attack-recipe.js';
import type { AttackOutcome } from '../outcome.js';
import { toyLanguageModel } from '../testing/toy-language-model.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';
import type { Victim } from '../victim.js';
import { a2t, a2tMlm } from './a2t.js';
import { bae } from './bae.js';
import { bertAttack } from './bert-attack.js';
import { clare } from './clare.js';
import { improvedGeneticAttack } from './genetic.js';
import { pwws } from './pwws.js';
import { tfAdjusted } from './tf-adjusted.js';

async function attacked(recipe: AttackRecipe, victim: Victim, ...texts: string[]): Promise<AttackOutcome> {
  const [outcome] = await outcomesOf({ recipe, victim, examples: [{ id: 0, texts, label: 1 }] });
  if (!outcome) throw new Error('no outcome');
  return outcome;
}

describe('PWWS', () => {
  const weights = { good: 1, old: 0.9, film: 0.1, poor: -1.2, aged: 0.4, dated: -2.6 };
  const synonyms = toySynonyms({ good: ['poor'], old: ['dated', 'aged'], film: [] });

  it('swaps first what weighs most by saliency times gain', async () => {
    // Logit 2. Without good 1, old 1.1, film 1.9: 1 − p = .269, .250, .130, soft-max .350, .344, .306.
    // Best swaps: good → poor leaves −0.2, score .550; old → dated −1.5, score .818. So old (.281) before good (.193),
    // though good is the more salient; dated succeeds at once.
    const outcome = await attacked(pwws.create({ synonyms }), linearVictim(weights), 'good old film');
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
    expect(await attacked(pwws.create({ synonyms: toySynonyms({}) }), victim, 'Mary is good')).toMatchObject({
      status: 'failed',
    });
    const named = await attacked(
      pwws.create({ synonyms: toySynonyms({}) }, { namedEntities: true }),
      victim,
      'Mary is good',
    );
    expect(named.adversarial?.texts[0]).toMatch(/^(?!Mary)[A-Z]\w+ is good$/);
  });
});

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
    const outcome = await attacked(bae.create({ maskedLanguageModel: model, partOfSpeech }), victim, 'a good film');
    expect(outcome.adversarial?.texts).toEqual(['a dull film']);
    expect(outcome.queries).toBe(1 + 2 + 1);
  });

  it('inserts beside a word, whatever the part of speech', async () => {
    const outcome = await attacked(
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

describe('BERT-Attack', () => {
  it('reads words that it sees, and changes two fifths of them at most', async () => {
    const victim = linearVictim({ apple: 1, pear: 1, plum: 1, fig: 1, lime: 1 });
    const zero = [{ zero: 0.9 }];
    const model = toyLanguageModel({ reconstruct: { apple: zero, pear: zero, plum: zero, fig: zero, lime: zero } });
    const outcome = await attacked(
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
    const outcome = await attacked(recipe, merge, 'some good film');
    expect(outcome.adversarial?.texts).toEqual(['some trash']);
    // Candidates too improbable (junk for a merge, rare for a swap) are never asked about; very, an insertion, is.
    expect(outcome.queries).toBe(1 + 3);
    expect(outcome.replacements).toEqual([
      { column: 0, index: 1, from: 'good', to: 'trash' },
      { column: 0, index: 2, from: 'film', to: '' },
    ]);
    const insert = linearVictim({ good: 1, very: -2, trash: 1 });
    expect((await attacked(recipe, insert, 'some good film')).adversarial?.texts).toEqual(['some very good film']);
  });
});

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
    const outcome = await attacked(a2t.create(given), victim, 'good old film');
    expect(outcome.adversarial?.texts).toEqual(['good x film']);
    expect(outcome.queries).toBe(2);
  });

  it('is refused to victims without, unless words are ranked by deletion', async () => {
    await expect(attacked(a2t.create(given), linearVictim(weights), 'good')).rejects.toThrow(/gradients/);
    const outcome = await attacked(a2t.create(given, { importance: 'delete' }), linearVictim(weights), 'good old film');
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
    expect(await attacked(recipe, six, 'a b c d e f')).toMatchObject({ status: 'failed', queries: 1 + 6 + 4 });
  });

  it('swaps no verb for a noun, and may ask a masked language model', async () => {
    const maskedLanguageModel = toyLanguageModel({ fill: { 'good _ film': { x: 0.9 } } });
    const tagger = toyTagger({ x: 'VERB' });
    expect(await attacked(a2t.create({ ...given, partOfSpeech: tagger }), victim, 'good old film')).toMatchObject({
      queries: 1,
    });
    const mlm = a2tMlm.create({ maskedLanguageModel, partOfSpeech: toyTagger() });
    expect((await attacked(mlm, victim, 'good old film')).adversarial?.texts).toEqual(['good x film']);
    expect(mlm.name).toBe('a2t-mlm-toy-lm-no-sentence-encoder');
  });
});

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
    const outcome = await attacked(recipe, victim, 'good film');
    expect(outcome.adversarial?.texts).toEqual(['near film']);
    expect(outcome.queries).toBe(1 + 2 + 1);
    expect(recipe.name).toBe('tfadjusted-toy-toy-encoder-toy-grammar');
  });
});

describe('IGA', () => {
  it('may change a word again, but only a fifth of the words', async () => {
    // good → fair → poor: one word in five. Two words would do, too, but are refused.
    const synonyms = toySynonyms({ good: ['fair'], fair: ['poor'], film: ['movie'] });
    const victim = linearVictim({ good: 1, fair: 0.5, poor: -1, film: 0.4, movie: -0.6 });
    const outcome = await attacked(improvedGeneticAttack.create({ synonyms }), victim, 'such good film about dogs');
    expect(outcome.adversarial?.texts).toEqual(['such poor film about dogs']);
  });
});
