import { beforeAll, describe, expect, it } from 'vitest';
import { isOneWord } from '../text/attacked-text.js';
import type { SynonymSource } from './synonym-source.js';
import { baseForms } from './wordnet-morphology.js';
import { loadWordNet } from './wordnet.js';

describe('WordNet 3.1', () => {
  let wordnet: SynonymSource;
  beforeAll(async () => {
    wordnet = await loadWordNet();
  });

  it('gives single words that share a synset, and never the word itself or a phrase', () => {
    expect(wordnet.candidates('movie')).toEqual(['film', 'picture', 'pic', 'flick']);
    expect(wordnet.candidates('dull')).toEqual(expect.arrayContaining(['boring', 'slow', 'tedious', 'muffle']));
    for (const word of ['movie', 'good', 'take', 'slowly']) {
      const candidates = wordnet.candidates(word);
      expect(candidates.length).toBeGreaterThan(3);
      expect(candidates).not.toContain(word);
      expect(candidates.filter((candidate) => !isOneWord(candidate.replace(/\./g, '')))).toEqual([]);
    }
  });

  it('finds the first and last words of the files, adjective markers stripped', () => {
    expect(wordnet.candidates("'hood")).toEqual([]);
    expect(wordnet.candidates('zymosis')).toContain('fermentation');
    // "galore(ip)" in the file.
    expect(wordnet.candidates('abounding', 'ADJ')).toEqual(['galore']);
  });

  it('goes by base forms, irregular ones included', () => {
    expect(wordnet.candidates('films')).toEqual(expect.arrayContaining(['movie', 'film']));
    expect(wordnet.candidates('stopped')).toContain('halt');
    expect(wordnet.candidates('children')).toContain('kid');
    expect(wordnet.candidates('bought')).toContain('purchase');
    expect(wordnet.candidates('worst')).toEqual(expect.arrayContaining(['bad']));
  });

  it('keeps to one part of speech where asked', () => {
    expect(wordnet.candidates('film', 'VERB')).toEqual(['shoot', 'take']);
    expect(wordnet.candidates('film', 'ADJ')).toEqual([]);
    expect(wordnet.candidates('film', 'PRON')).toEqual([]);
  });

  it('knows nothing of unknown words, of names that objects inherit, or of nothing', () => {
    expect(['xyzzyx', '__proto__', '', ' ', 'größe', '00001740'].flatMap((word) => wordnet.candidates(word))).toEqual(
      [],
    );
    expect(wordnet.candidates('constructor')).toEqual(['builder']);
  });

  it('says which WordNet it is', () => {
    expect(wordnet).toMatchObject({ name: 'wordnet', version: '3.1.14' });
    expect(wordnet.hash).toBe('b5faba1e9a34c42f85c782ab8c716eb89e26e3bc3a29724797799da43fa02307');
  });
});

it.each([
  ['noun', 'ponies', 'pony'],
  ['noun', 'wolves', 'wolf'],
  ['noun', 'women', 'woman'],
  ['noun', 'teeth', 'tooth'],
  ['verb', 'tried', 'try'],
  ['verb', 'running', 'run'],
  ['verb', 'making', 'make'],
  ['verb', 'went', 'go'],
  ['verb', 'lay', 'lie'],
  ['adj', 'biggest', 'big'],
  ['adj', 'nicer', 'nice'],
  ['adj', 'funniest', 'funny'],
  ['adj', 'better', 'well'],
] as const)('as a %s, %s may be a form of %s', (part, word, base) => {
  const forms = baseForms(word, part);
  expect(forms[0]).toBe(word);
  expect(forms).toContain(base);
});
