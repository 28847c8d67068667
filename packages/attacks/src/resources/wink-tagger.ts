import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sha256 } from '@rose/foundation';
import type { PartOfSpeech, PartOfSpeechTagger } from './part-of-speech-tagger.js';

/** Penn Treebank tags to universal ones (Petrov, Das & McDonald 2012, en-ptb; the table NLTK uses). */
const UNIVERSAL: readonly (readonly [PartOfSpeech, string])[] = [
  ['NOUN', 'NN NNS NNP NNPS'],
  ['VERB', 'VB VBD VBG VBN VBP VBZ MD'],
  ['ADJ', 'JJ JJR JJS'],
  ['ADV', 'RB RBR RBS WRB'],
  ['PRON', 'PRP PRP$ WP WP$'],
  ['DET', 'DT PDT WDT EX'],
  ['ADP', 'IN'],
  ['NUM', 'CD'],
  ['CONJ', 'CC'],
  ['PRT', 'RP TO POS'],
  ['.', '. , : " -LRB- -RRB- HYPH'],
];

/**
 * wink-pos-tagger (a Brill tagger, Penn tags, loaded on first call, about 0.2 s) behind the universal tags.
 * Tags it does not share with the Treebank become X.
 */
export async function loadWinkTagger(): Promise<PartOfSpeechTagger> {
  const { default: posTagger } = await import('wink-pos-tagger');
  const tagger = posTagger();
  const universal = new Map(UNIVERSAL.flatMap(([to, penn]) => penn.split(' ').map((tag) => [tag, to] as const)));
  const here = createRequire(import.meta.url);
  const { version } = JSON.parse(readFileSync(here.resolve('wink-pos-tagger/package.json'), 'utf8')) as {
    version: string;
  };
  const code = here.resolve('wink-pos-tagger');
  const lexicon = createRequire(code).resolve('wink-lexicon/src/lexicon.js');
  return {
    name: 'wink-pos-tagger',
    version,
    hash: sha256(Buffer.concat([readFileSync(code), readFileSync(lexicon)])),
    notes: [
      'parts of speech by wink-pos-tagger, Penn tags mapped to universal ones, in place of the NLTK perceptron; ' +
        'it takes every capitalised noun or adjective for a proper noun',
    ],
    tags: (words) => tagger.tagRawTokens([...words]).map(({ pos }) => universal.get(pos) ?? 'X'),
  };
}
