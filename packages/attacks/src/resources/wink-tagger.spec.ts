import { expect, it } from 'vitest';
import { functionWords, hashOfWords } from './stop-words.js';
import { loadWinkTagger } from './wink-tagger.js';

it('tags words with universal parts of speech', async () => {
  const tagger = await loadWinkTagger();
  const tags = tagger.tags('He quickly ate 3 of the delicious old pizzas and she could watch'.split(' '));
  expect(tags).toEqual('PRON ADV VERB NUM ADP DET ADJ ADJ NOUN CONJ PRON VERB VERB'.split(' '));
  expect(tagger.tags([])).toEqual([]);
  expect(tagger.version).toBe('2.2.2');
  expect(tagger.hash).toMatch(/^[0-9a-f]{64}$/);
});

it('has a stop-word list of lower-case words, with a hash that order does not change', () => {
  expect(functionWords.size).toBeGreaterThan(250);
  for (const word of ['the', "don't", "n't", 'of', 'she', 'would']) expect(functionWords.has(word)).toBe(true);
  for (const word of ['The', 'good', 'movie', 'bad', '']) expect(functionWords.has(word)).toBe(false);
  expect(hashOfWords(new Set(['b', 'a']))).toBe(hashOfWords(new Set(['a', 'b'])));
});
