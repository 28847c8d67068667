import { InputError, InterruptedError, RandomStream } from '@rose/foundation';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AttackRecipe } from './attack-recipe.js';
import type { AttackExample } from '../text/outcome.js';
import { textFooler } from '../recipes/textfooler.js';
import { runAttack } from './run-attack.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';
import { timeLimitedVictim } from '../victim/victim-decorators.js';
import { victimFrom } from '../victim/victim.js';
import type { Victim } from '../victim/victim.js';

const vocabulary = Array.from({ length: 60 }, (_, i) => `w${i}`);
const random = RandomStream.of('run-attack.spec');
const weights = Object.fromEntries(vocabulary.map((word) => [word, random.normal()]));
const lists = Object.fromEntries(
  vocabulary.map((word, i) => [word, Array.from({ length: i % 3 }, () => vocabulary[random.below(60)] ?? '')]),
);
const recipe = textFooler.create({ synonyms: toySynonyms(lists), partOfSpeech: toyTagger() });
const examples: AttackExample[] = Array.from({ length: 40 }, (_, id) => ({
  id,
  texts: [Array.from({ length: 1 + random.below(9) }, () => vocabulary[random.below(60)]).join(' ')],
  label: random.below(2),
}));
const linear = linearVictim(weights);

/** A victim that takes turns of different length, records its batches and, for some texts, does not keep its contract. */
function moody(broken: (text: string) => boolean = () => false) {
  const batches: number[] = [];
  const victim: Victim = {
    name: 'moody',
    async probabilities(inputs) {
      batches.push(inputs.length);
      for (let turn = inputs.length % 4; turn > 0; turn--) await new Promise((resolve) => setImmediate(resolve));
      const rows = await linear.probabilities(inputs);
      return rows.map((row, i) => (broken(inputs[i]?.[0] ?? '') ? [NaN, NaN] : row));
    },
  };
  return { victim, batches };
}

describe('outcomes', () => {
  it('come in order and are the same whatever runs at the same time', async () => {
    const broken = (text: string) => text.includes('w7 ');
    const runs = [
      { concurrency: 1, batchSize: 32 },
      { concurrency: 8, batchSize: 32 },
      { concurrency: 40, batchSize: 3 },
    ].map((settings) => outcomesOf({ recipe, victim: moody(broken).victim, examples, ...settings }));
    const [alone, together, crowded] = await Promise.all(runs);
    expect(alone?.map(({ id }) => id)).toEqual(examples.map(({ id }) => id));
    expect(new Set(alone?.map(({ status }) => status))).toEqual(new Set(['success', 'failed', 'skipped', 'error']));
    expect(together).toEqual(alone);
    expect(crowded).toEqual(alone);
  });

  it('come from fewer and fuller batches when several are attacked at once', async () => {
    const alone = moody();
    const together = moody();
    await outcomesOf({ recipe, victim: alone.victim, examples, concurrency: 1 });
    await outcomesOf({ recipe, victim: together.victim, examples, concurrency: 16 });
    expect(together.batches.length).toBeLessThan(alone.batches.length / 4);
    expect(Math.max(...together.batches)).toBe(32);
  });

  it('record what threw and go on', async () => {
    const thrower: Victim = {
      name: 'thrower',
      probabilities: (inputs) =>
        inputs.some(([text]) => text === 'w1 w2')
          ? Promise.reject(new Error('out of memory'))
          : linear.probabilities(inputs),
    };
    const outcomes = await outcomesOf({
      recipe,
      victim: thrower,
      examples: [
        { id: 'a', texts: ['w3'], label: 0 },
        { id: 'b', texts: ['w1 w2'], label: 0 },
        { id: 'c', texts: ['w4'], label: 7 },
        { id: 'd', texts: ['w3'], label: 0 },
      ],
    });
    expect(outcomes[1]).toEqual({
      id: 'b',
      status: 'error',
      label: 0,
      original: { texts: ['w1 w2'], probabilities: [], prediction: null },
      perturbedWords: 0,
      totalWords: 2,
      queries: 1,
      modelQueries: 1,
      error: 'out of memory',
      replacements: [],
    });
    expect(outcomes[2]).toMatchObject({ status: 'error', error: 'The victim has 2 classes and no class 7.' });
    expect(outcomes[3]).toEqual({ ...outcomes[0], id: 'd' });
    expect(outcomes[0]?.status).not.toBe('error');
  });

  it.each([
    ['NaN', () => [NaN, NaN], /not a finite number.*"w3"/],
    ['logits', () => [3, -2], /soft-max/],
    ['a single score', () => [1], /two classes/],
  ])('name the fault of a victim that answers with %s', async (_, row, message) => {
    const victim: Victim = { name: 'faulty', probabilities: (inputs) => Promise.resolve(inputs.map(row)) };
    const [outcome] = await outcomesOf({ recipe, victim, examples: [{ id: 0, texts: ['w3'], label: 0 }] });
    expect(outcome).toMatchObject({ status: 'error', error: expect.stringMatching(message) as string });
  });

  it('name the fault of a victim that loses rows', async () => {
    const victim: Victim = { name: 'lossy', probabilities: () => Promise.resolve([]) };
    const [outcome] = await outcomesOf({ recipe, victim, examples: [{ id: 0, texts: ['w3'], label: 0 }] });
    expect(outcome?.error).toBe('Victim "lossy" gave 0 rows for 1 texts.');
  });

  it('of a very long text take one pass over its words', async () => {
    const text = Array.from({ length: 5000 }, (_, i) => `w${i % 60}`).join(' ');
    const victim = victimFrom('even', (inputs) => Promise.resolve(inputs.map(() => [0.4, 0.6])));
    const [outcome] = await outcomesOf({
      recipe: textFooler.create({ synonyms: toySynonyms({ w1: ['w2'] }), partOfSpeech: toyTagger() }),
      victim,
      examples: [{ id: 0, texts: [text], label: 1 }],
    });
    expect(outcome).toMatchObject({ status: 'failed', totalWords: 5000, queries: 1 + 5000 + 84 });
  });
});

describe('odd texts', () => {
  const odd = textFooler.create({
    synonyms: toySynonyms({ good: ['bad'], טוב: ['רע'], جيد: ['سيئ'], naïve: ['wise'] }),
    partOfSpeech: toyTagger(),
  });
  const victim = linearVictim({ good: 1, bad: -2, טוב: 1, רע: -2, جيد: 1, سيئ: -2, naïve: 1, wise: -2 });
  const attack = async (...texts: string[]) => {
    const [outcome] = await outcomesOf({ recipe: odd, victim, examples: [{ id: 0, texts, label: 1 }] });
    return outcome;
  };

  it.each([
    ['emoji', '👩‍💻 good 👍🏽!! 😀', '👩‍💻 bad 👍🏽!! 😀'],
    ['Hebrew', '״סרט טוב״, אמר.', '״סרט רע״, אמר.'],
    ['Arabic', 'فيلم جيد جدا', 'فيلم سيئ جدا'],
    ['both directions', 'the word טוב means good', 'the word רע means good'],
    ['decomposed accents', 'nai\u0308ve, naïve', 'nai\u0308ve, wise'],
    ['line breaks and controls', 'good\r\n\u0000 film', 'bad\r\n\u0000 film'],
  ])('%s stay whole around the change', async (_, before, after) => {
    expect((await attack(before))?.adversarial?.texts).toEqual([after]);
  });

  it.each([[['']], [['', '']], [['   ']], [['😀😀']], [['!!! ... ???']]])(
    'without a word, %j, are looked at once and withstand, or are skipped',
    async (texts) => {
      const tie = await attack(...texts);
      expect(tie).toMatchObject({ status: 'skipped', totalWords: 0, queries: 1 });
      const [kept] = await outcomesOf({ recipe: odd, victim, examples: [{ id: 0, texts, label: 0 }] });
      expect(kept).toMatchObject({ status: 'failed', totalWords: 0, queries: 1, perturbedWords: 0 });
    },
  );

  it('of one very long word are one word', async () => {
    expect(await attack('x'.repeat(100_000))).toMatchObject({ totalWords: 1 });
  });
});

describe('a victim that does not answer in time', () => {
  it('spoils only the examples that it does not answer', async () => {
    const slow: Victim = {
      name: 'slow',
      probabilities: (inputs) =>
        inputs.some(([text]) => text?.startsWith('w1 ')) ? new Promise(() => undefined) : linear.probabilities(inputs),
    };
    const victim = timeLimitedVictim(slow, 0.05);
    const texts = ['w3', 'w1 w2', 'w4 w5'];
    const outcomes = await outcomesOf({
      recipe,
      victim,
      examples: texts.map((text, id) => ({ id, texts: [text], label: 0 })),
    });
    expect(outcomes.map(({ status }) => status === 'error')).toEqual([false, true, false]);
    expect(outcomes[1]?.error).toBe('Victim "slow" did not answer within 0.05 s.');
  });
});

describe('budgets', () => {
  const stubborn = victimFrom('stubborn', (inputs) => Promise.resolve(inputs.map(() => [0.4, 0.6])));
  const text = Array.from({ length: 400 }, (_, i) => `w${i % 60}`).join(' ');
  const attack = (more: object) =>
    outcomesOf({ recipe, victim: stubborn, examples: [{ id: 0, texts: [text], label: 1 }], ...more });

  it('of queries are kept to exactly', async () => {
    for (const queryBudget of [1, 2, 400, 450]) {
      expect((await attack({ queryBudget }))[0]).toMatchObject({ status: 'failed', queries: queryBudget });
    }
  });

  it('of seconds end an example, which then has failed', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    // 40 ms a call. The clock is looked at after the first text and then after every 32.
    const victim = victimFrom('slow', (inputs) => {
      vi.advanceTimersByTime(40);
      return Promise.resolve(inputs.map(() => [0.4, 0.6]));
    });
    expect((await attack({ victim, timeBudget: 0.1 }))[0]).toMatchObject({ status: 'failed', queries: 1 + 32 + 32 });
    expect((await attack({ victim, timeBudget: 0 }))[0]).toMatchObject({ status: 'failed', queries: 1 });
    await expect(attack({ timeBudget: NaN })).rejects.toThrow(InputError);
  });
});

describe('runAttack', () => {
  it('gives recipes the gradients of a victim that has some, checked', async () => {
    const seen: (readonly (readonly number[])[])[] = [];
    const looking: AttackRecipe = {
      ...recipe,
      attack: async (example, context) => {
        seen.push((await context.gradientNorms?.([example.texts], [example.label])) ?? []);
        return recipe.attack(example, context);
      },
    };
    const white: Victim = { ...linear, gradientNorms: (inputs) => Promise.resolve(inputs.map(() => [1, 2])) };
    const pair = [
      { id: 0, texts: ['w1 w2'], label: 0 },
      { id: 1, texts: ['w1'], label: 0 },
    ];
    const outcomes = await outcomesOf({ recipe: looking, victim: white, examples: pair });
    expect(seen).toEqual([[[1, 2]]]);
    expect(outcomes[1]?.error).toMatch(/gradients for 2 of 1 words/);
    await outcomesOf({ recipe: looking, victim: linear, examples: pair });
    expect(seen.slice(1)).toEqual([[], []]);
  });

  it('asks as many texts at once as the victim takes best', async () => {
    const { victim, batches } = moody();
    await outcomesOf({ recipe, victim: { ...victim, batchSize: 5 }, examples, concurrency: 16 });
    expect(Math.max(...batches)).toBe(5);
  });

  it('gives each example random numbers of its own', async () => {
    const drawn = new Map<number | string, number>();
    const drawing: AttackRecipe = {
      ...recipe,
      attack: (example, context) => {
        drawn.set(example.id, context.random.uint32());
        return recipe.attack(example, context);
      },
    };
    await outcomesOf({ recipe: drawing, victim: linear, examples, seed: 3 });
    const first = new Map(drawn);
    await outcomesOf({ recipe: drawing, victim: linear, examples: [...examples].reverse(), seed: 3, concurrency: 2 });
    expect(drawn).toEqual(first);
    expect(new Set(drawn.values()).size).toBe(examples.length);
    await outcomesOf({ recipe: drawing, victim: linear, examples, seed: 4 });
    expect(drawn).not.toEqual(first);
  });

  it('refuses requests that make no sense', async () => {
    const run = (more: object) => outcomesOf({ recipe, victim: linear, examples, ...more });
    await expect(run({ concurrency: 0 })).rejects.toThrow(InputError);
    await expect(run({ batchSize: 1.5 })).rejects.toThrow(InputError);
    await expect(run({ queryBudget: 0 })).rejects.toThrow(InputError);
    await expect(run({ examples: [{ id: 1, texts: [], label: 0 }] })).rejects.toThrow(/0 columns/);
    await expect(run({ examples: [{ id: 1, texts: ['a', 'b', 'c'], label: 0 }] })).rejects.toThrow(/3 columns/);
    expect(await run({ examples: [] })).toEqual([]);
  });

  it('is interrupted by its signal', async () => {
    const controller = new AbortController();
    const attack = runAttack({ recipe, victim: linear, examples, seed: 1, concurrency: 1, signal: controller.signal });
    expect((await attack.next()).value).toMatchObject({ id: 0 });
    controller.abort();
    await expect(
      (async () => {
        for await (const outcome of attack) expect(outcome.id).toBeLessThan(examples.length - 1);
      })(),
    ).rejects.toThrow(InterruptedError);
  });

  it('stops asking the victim once nobody listens any more', async () => {
    const { victim, batches } = moody();
    for await (const outcome of runAttack({ recipe, victim, examples, seed: 1, concurrency: 2 })) {
      if (outcome.id === 0) break;
    }
    // Far more turns than the calls under way need.
    const settle = async () => {
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    await settle();
    const asked = batches.length;
    await settle();
    expect(batches.length).toBe(asked);
    expect(asked).toBeLessThan(40);
  });
});
