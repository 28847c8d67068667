import { createHash } from 'node:crypto';
import { temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { fixture, readJsonFixture } from '../testing/fixtures.js';
import type { HuggingFaceTokenizer } from './hugging-face-tokenizer.js';
import { readTokenizer } from './read-tokenizer.js';
import type { TokenPlace } from './text-tokenizer.js';

// What transformers makes of hard strings with tokenizers of every kind: `tools/goldens/tokenizers_goldens.py`.

interface Goldens {
  readonly modelType: string;
  /** Python's `len(tokenizer)`. */
  readonly size: number;
  readonly maskId: number | null;
  /** The ids of the last strings; of all of them there is a hash of 8 digits. */
  readonly readable: readonly (readonly number[])[];
  readonly ids: string;
  readonly places: string;
  readonly texts: string;
  /** Ids and type ids of truncated pairs. */
  readonly pairs: string;
}

const strings = readJsonFixture<string[]>('tokenizers/strings.json');
const goldens = Object.entries(readJsonFixture<Record<string, Goldens>>('tokenizers/goldens.json'));
const LONG = 1_000_000;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
const hashesOf = (all: string): string[] => all.match(/.{8}/g) ?? [];

/** Python counts characters where JavaScript counts units of UTF-16. */
function pythonPlaces(text: string, places: readonly (TokenPlace | undefined)[]): string {
  const characters = new Int32Array(text.length + 1);
  let count = 0;
  let unit = 0;
  for (const character of text) {
    characters.fill(count, unit, unit + character.length);
    unit += character.length;
    count++;
  }
  characters[unit] = count;
  return places.map((place) => (place ? `${characters[place.start]}-${characters[place.end]}` : '0-0')).join(',');
}

/** The strings whose answer has another hash than Python's, of every one or of every so many. */
function different(expected: string, answer: (text: string) => string, every = 1): string[] {
  const hashes = hashesOf(expected);
  expect(hashes).toHaveLength(strings.length);
  return strings.filter((text, i) => i % every === 0 && hash(answer(text)) !== hashes[i]);
}

function expectIds(tokenizer: HuggingFaceTokenizer, { readable, ids }: Goldens, every = 1): void {
  const last = strings.slice(-readable.length);
  expect(last.map((text) => [...tokenizer.encode([text], LONG).ids])).toEqual(readable);
  expect(different(ids, (text) => tokenizer.encode([text], LONG).ids.join(','), every)).toEqual([]);
}

it('has 3,000 strings, of all kinds', () => {
  expect(strings.length).toBe(3000);
  for (const kind of [
    /\p{Surrogate}/u,
    /\u{20000}/u,
    /\u200d/,
    /Σ(?!\p{L})/u,
    /^\s/,
    /\0/,
    /\p{Script=Arabic}/u,
    /.{101}/,
  ]) {
    expect(strings.filter((text) => kind.test(text)).length, String(kind)).toBeGreaterThan(5);
  }
});

describe.each(goldens)('%s', (name, golden) => {
  const reading = readTokenizer(fixture(`tokenizers/${name}`), { modelType: golden.modelType });

  it('has the ids of Python', async () => {
    const tokenizer = await reading;
    expect([tokenizer.vocabularySize, tokenizer.maskId ?? null]).toEqual([golden.size, golden.maskId]);
    expectIds(tokenizer, golden);
  });

  it('knows where each token stands, and gives the same ids with the places', async () => {
    const tokenizer = await reading;
    const withPlaces = (text: string) => tokenizer.encodeWithPlaces([text], LONG);
    expect(different(golden.places, (text) => pythonPlaces(text, withPlaces(text).places))).toEqual([]);
    expect(different(golden.ids, (text) => withPlaces(text).ids.join(','))).toEqual([]);
  });

  it('makes of ids the text that Python makes of them', async () => {
    const tokenizer = await reading;
    expect(different(golden.texts, (text) => tokenizer.decode(tokenizer.encode([text], LONG).ids))).toEqual([]);
  });

  it('truncates pairs and numbers their types as Python does', async () => {
    const tokenizer = await reading;
    const hashes = hashesOf(golden.pairs);
    const wrong = hashes.flatMap((expected, i) => {
      const texts = [strings[(i * 7) % strings.length] ?? '', strings[(i * 11 + 3) % strings.length] ?? ''];
      const { ids, typeIds } = tokenizer.encode(texts, 8 + (i % 40));
      return hash(`${ids.join(',')}|${typeIds.join(',')}`) === expected ? [] : [texts];
    });
    expect(wrong).toEqual([]);
  });

  it('is the same after a round over the disk', async () => {
    const folder = await temporaryFolder();
    await (await reading).saveTo(folder);
    expectIds(await readTokenizer(folder, { modelType: golden.modelType }), golden, 7);
  });
});
