import { RandomStream } from '@rose/foundation';
import { expect, it } from 'vitest';
import { diffTexts, diffWords } from './diff-words.js';
import { textFooler } from '../recipes/textfooler.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from '../testing/toys.js';

it('shows in each column what stayed and what was replaced, and joins to both texts', async () => {
  const [outcome] = await outcomesOf({
    recipe: textFooler.create({ synonyms: toySynonyms({ good: ['bad'] }), partOfSpeech: toyTagger() }),
    victim: linearVictim({ good: 1, bad: -0.5 }),
    examples: [{ id: 1, texts: ['Well, Good!', 'no good'], label: 1 }],
  });
  if (!outcome) throw new Error('no outcome');
  expect(outcome.status).toBe('success');
  const columns = diffWords(outcome);
  expect(columns).toEqual([
    [
      { kind: 'same', text: 'Well, ' },
      { kind: 'replaced', from: 'Good', to: 'Bad' },
      { kind: 'same', text: '!' },
    ],
    [
      { kind: 'same', text: 'no ' },
      { kind: 'replaced', from: 'good', to: 'bad' },
    ],
  ]);
  const joined = (side: 'from' | 'to') =>
    columns.map((segments) => segments.map((s) => (s.kind === 'same' ? s.text : s[side])).join(''));
  expect(joined('from')).toEqual(outcome.original.texts);
  expect(joined('to')).toEqual(outcome.adversarial?.texts);
});

it.each([
  [
    'a deletion',
    'a fine film.',
    'a film.',
    [
      ['same', 'a '],
      ['fine ', ''],
      ['same', 'film.'],
    ],
  ],
  [
    'an insertion',
    'a film',
    'a very fine film',
    [
      ['same', 'a '],
      ['', 'very fine '],
      ['same', 'film'],
    ],
  ],
  [
    'a merge',
    'New York is fun',
    'it is fun',
    [
      ['New York', 'it'],
      ['same', ' is fun'],
    ],
  ],
  ['a whole text', 'abc', '', [['abc', '']]],
  [
    'emoji',
    'good 👍🏽 film 👩‍💻!',
    'good 👎🏽 film 👩‍💻!',
    [
      ['same', 'good '],
      ['👍🏽', '👎🏽'],
      ['same', ' film 👩‍💻!'],
    ],
  ],
  [
    'right to left',
    'סרט טוב מאוד',
    'סרט רע מאוד',
    [
      ['same', 'סרט '],
      ['טוב', 'רע'],
      ['same', ' מאוד'],
    ],
  ],
  ['nothing', 'same old', 'same old', [['same', 'same old']]],
  ['empty texts', '', '', []],
])('shows %s', (_, before, after, expected) => {
  const segments = diffTexts(before, after).map((each) =>
    each.kind === 'same' ? ['same', each.text] : [each.from, each.to],
  );
  expect(segments).toEqual(expected);
});

it('joins to both texts whatever was changed, long ones as well', () => {
  const random = RandomStream.of('diff');
  const text = (length: number) => Array.from({ length }, () => 'ab c,d 😀'.charAt(random.below(9))).join('');
  const joins = (before: string, after: string) => {
    const segments = diffTexts(before, after);
    expect(segments.map((s) => (s.kind === 'same' ? s.text : s.from)).join('')).toBe(before);
    expect(segments.map((s) => (s.kind === 'same' ? s.text : s.to)).join('')).toBe(after);
  };
  for (let i = 0; i < 300; i++) joins(text(random.below(30)), text(random.below(30)));
  const words = Array.from({ length: 5000 }, (_, i) => `w${i % 70}`);
  joins(words.join(' '), words.map((word, i) => (i % 9 ? word : `x${i}`)).join(' '));
});
