import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { maxWordsPerturbed } from '../constraints/max-words-perturbed.js';
import { repeatModification } from '../constraints/word-constraints.js';
import { defineRecipe } from './define-recipe.js';
import type { RecipeDescriptor } from './define-recipe.js';
import { untargetedClassification } from '../goal-functions/untargeted-classification.js';
import { textFooler } from '../recipes/textfooler.js';
import { greedyByDeletion } from '../search/greedy-word-importance.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';
import { synonymSwap } from '../transformations/synonym-swap.js';
import type { Transformation } from '../transformations/transformation.js';

const capitals: Transformation = {
  name: 'capitals',
  candidates: (current, index) => [current.replace(index, current.word(index).text.toUpperCase())],
};

/** A recipe as a user writes one: none of the package's. */
const shouting = defineRecipe({
  name: 'shouting',
  title: 'Shouting',
  uses: ['synonyms'],
  settings: z.strictObject({
    maxWords: z.int().min(1).default(2).describe('Most words in capitals'),
    maxCandidates: z.int().min(1).optional().describe('Most synonyms tried for a word; all unless set'),
  }),
  departures: ['nobody shouts politely'],
  wire: ({ synonyms }, { maxWords, maxCandidates = Infinity }) => ({
    variant: synonyms ? [synonyms.name] : [],
    goal: untargetedClassification,
    transformation: synonyms ? synonymSwap(synonyms, maxCandidates) : capitals,
    wordConstraints: [repeatModification],
    constraints: [maxWordsPerturbed({ words: maxWords })],
    search: greedyByDeletion,
    idle: synonyms ? [] : ['maxCandidates'],
  }),
});

/** Loses a point for every word in capitals. */
const victim = {
  name: 'hates-shouting',
  probabilities: (inputs: readonly (readonly string[])[]) =>
    Promise.resolve(
      inputs.map(([text = '']) => {
        const p = 1 / (1 + Math.exp((text.match(/\b[A-Z]{2,}\b/g)?.length ?? 0) - 1.5));
        return [1 - p, p];
      }),
    ),
};

const attack = (recipe: ReturnType<RecipeDescriptor['create']>) =>
  outcomesOf({ recipe, victim, examples: [{ id: 0, texts: ['this film may surprise'], label: 1 }] });

describe('a recipe that a user defines', () => {
  it('attacks, with stop words and defaults that nobody has to see to', async () => {
    const [outcome] = await attack(shouting.create());
    expect(outcome).toMatchObject({ status: 'success', adversarial: { texts: ['this FILM may SURPRISE'] } });
  });

  it('can be set', async () => {
    const [outcome] = await attack(shouting.create({}, { maxWords: 1 }));
    expect(outcome).toMatchObject({ status: 'failed' });
    const free = shouting.create({ stopWords: new Set(['film', 'surprise']) });
    expect((await attack(free))[0]?.adversarial?.texts).toEqual(['THIS film MAY surprise']);
  });

  it('is called by what it draws on, and says what is in force', () => {
    expect(shouting.create().describe()).toMatchObject({
      recipe: 'shouting',
      constraints: ['repeat-modification', 'stop-words', 'max-words-perturbed'],
      sources: [{ role: 'stop words', name: 'rose-function-words' }],
      settings: { maxWords: 2 },
      departures: ['nobody shouts politely'],
    });
    const synonyms = toySynonyms({}, { notes: ['few words'] });
    const description = shouting.create({ synonyms, frozenColumns: [1] }, { maxCandidates: 3 }).describe();
    expect(description).toMatchObject({
      recipe: 'shouting-toy',
      sources: [{ role: 'synonyms', name: 'toy', version: '1', hash: 'toy' }, { role: 'stop words' }],
      settings: { maxWords: 2, maxCandidates: 3 },
      frozenColumns: [1],
      departures: ['nobody shouts politely', 'few words'],
    });
    expect(description).not.toHaveProperty('paper');
  });

  it('stands in a list beside those of the package', () => {
    const list: readonly RecipeDescriptor[] = [textFooler, shouting];
    expect(list.map(({ needs, uses, whiteBox }) => [needs.length, uses.length, whiteBox])).toEqual([
      [2, 1, false],
      [0, 1, false],
    ]);
    for (const recipe of list) {
      expect(() => recipe.create({ synonyms: toySynonyms({}), partOfSpeech: toyTagger() }, { loud: true })).toThrow(
        `There is no setting 'loud' of ${recipe.name}.`,
      );
    }
  });
});

describe('a recipe', () => {
  const given = { synonyms: toySynonyms({ good: ['fine'] }), partOfSpeech: toyTagger() };

  it('is refused without what it needs, by the compiler as well', () => {
    // @ts-expect-error TextFooler needs a tagger.
    expect(() => textFooler.create({ synonyms: given.synonyms })).toThrow(
      expect.objectContaining({
        name: InputError.name,
        message: 'TextFooler needs a part-of-speech tagger.',
        option: 'partOfSpeech',
      }),
    );
    // @ts-expect-error TextFooler needs synonyms and a tagger.
    expect(() => textFooler.create()).toThrow('TextFooler needs a source of synonyms and a part-of-speech tagger.');
  });

  it('is refused with wrong settings, by the compiler as well', () => {
    expect(() => textFooler.create(given, { maxCandidates: 0 })).toThrow(
      "The setting 'maxCandidates' of textfooler is 0; it must be at least 1.",
    );
    // @ts-expect-error There is no such setting.
    expect(() => textFooler.create(given, { candidates: 3 })).toThrow(
      expect.objectContaining({ option: 'candidates', hint: expect.any(String) as string }),
    );
  });

  it('leaves aside what it has no use for', async () => {
    const more = {
      ...given,
      grammar: { name: 'x', version: '1', hash: 'x', errors: () => Promise.reject(new Error()) },
    };
    const recipe = textFooler.create(more);
    expect(recipe.describe().sources.map(({ role }) => role)).toEqual(['synonyms', 'part of speech', 'stop words']);
    const [outcome] = await outcomesOf({
      recipe,
      victim: linearVictim({ good: 1, fine: -1 }),
      examples: [{ id: 0, texts: ['good'], label: 1 }],
    });
    expect(outcome?.status).toBe('success');
  });

  it('knows of no resource that it does not name', () => {
    defineRecipe({
      name: 'curious',
      title: 'Curious',
      needs: ['synonyms'],
      // @ts-expect-error A tagger is neither needed nor used.
      wire: ({ synonyms, partOfSpeech }) => ({
        variant: [synonyms.name, String(partOfSpeech)],
        goal: untargetedClassification,
        transformation: capitals,
        wordConstraints: [],
        constraints: [],
        search: greedyByDeletion,
      }),
    });
  });
});
