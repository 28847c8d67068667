import { expect, it } from 'vitest';
import { diffWords } from './diff-words.js';
import { textFooler } from './recipes/textfooler.js';
import { linearVictim, outcomesOf, toySynonyms, toyTagger } from './testing/toys.js';

it('shows in each column what stayed and what was replaced, and joins to both texts', async () => {
  const [outcome] = await outcomesOf({
    recipe: textFooler({ synonyms: toySynonyms({ good: ['bad'] }), partOfSpeech: toyTagger() }),
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
