import { createHash } from 'node:crypto';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, RandomStream } from '@rose/foundation';
import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { loadCounterFittedVectors } from './counter-fitted-vectors.js';
import { loadVectorTable } from './packed-vectors.js';
import { WordVectors } from './word-vectors.js';

describe('word vectors', () => {
  // Lengths differ, so that cosines and products give another order.
  const vectors = new WordVectors({
    words: ['east', 'northeast', 'north', 'far-north', 'west', 'nowhere'],
    dimensions: 2,
    values: Float32Array.of(1, 0, 1, 1, 0, 1, 0, 9, -2, 0, 0, 0),
  });

  it('have cosines and squared distances, but not for unknown words', () => {
    expect(vectors.cosine('east', 'northeast')).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors.cosine('north', 'far-north')).toBeCloseTo(1, 12);
    expect(vectors.cosine('east', 'west')).toBeCloseTo(-1, 12);
    expect(vectors.cosine('east', 'nowhere')).toBe(0);
    expect(vectors.squaredDistance('north', 'far-north')).toBe(64);
    expect(vectors.squaredDistance('east', 'east')).toBe(0);
    expect(vectors.cosine('east', 'up')).toBeUndefined();
    expect(vectors.squaredDistance('up', 'east')).toBeUndefined();
  });

  it('have neighbours by cosine, nearest first, equals in the order of the table', () => {
    expect(vectors.nearest('northeast', 3)).toEqual(['east', 'north', 'far-north']);
    expect(vectors.nearest('northeast', 10)).toEqual(['east', 'north', 'far-north', 'nowhere', 'west']);
    expect(vectors.nearest('east', 1)).toEqual(['northeast']);
    expect(vectors.nearest('up', 3)).toEqual([]);
    expect(vectors.nearest('east', 0)).toEqual([]);
  });

  it('agree with sorting all cosines', () => {
    const random = RandomStream.of('vectors');
    const words = Array.from({ length: 200 }, (_, i) => `w${i}`);
    const many = new WordVectors({
      words,
      dimensions: 5,
      values: Float32Array.from({ length: 1000 }, () => random.normal()),
    });
    for (const word of words.slice(0, 20)) {
      const sorted = words
        .filter((other) => other !== word)
        .sort((a, b) => (many.cosine(word, b) ?? 0) - (many.cosine(word, a) ?? 0));
      expect(many.nearest(word, 12)).toEqual(sorted.slice(0, 12));
    }
  });
});

describe('vectors in a text file', () => {
  const TEXT = 'good 1.0 0.5\nfine 0.9 0.5 \nbad -1e0 0.5\ngood 7 7\n';
  const write = (text: string) => temporaryFile('vectors.txt', text);

  it('are read, and read again from the packed copy', async () => {
    const file = await write(TEXT);
    const first = await loadVectorTable(file);
    expect(first.table.words).toEqual(['good', 'fine', 'bad']);
    expect([...first.table.values]).toEqual([1, 0.5, Math.fround(0.9), 0.5, -1, 0.5]);
    expect(first.hash).toBe(createHash('sha256').update(TEXT).digest('hex'));
    // The numbers come from the copy now: the text, of the same size and date, holds none.
    const date = new Date(1_600_000_000_000);
    await utimes(file, date, date);
    const dated = await loadVectorTable(file);
    await writeFile(file, 'x'.repeat(TEXT.length));
    await utimes(file, date, date);
    expect(await loadVectorTable(file)).toEqual(dated);
    expect(dated).toEqual(first);
  });

  it('are read anew when the text has changed, or the copy is broken', async () => {
    const file = await write(TEXT);
    await loadVectorTable(file);
    await writeFile(file, 'other 1 2 3\n');
    expect((await loadVectorTable(file)).table.words).toEqual(['other']);
    const packed = await readFile(`${file}.packed`);
    for (const broken of [packed.subarray(0, -1), Buffer.from('??'), Buffer.from('\x04\x00\x00\x00null')]) {
      await writeFile(`${file}.packed`, broken);
      expect((await loadVectorTable(file)).table.dimensions).toBe(3);
    }
  });

  it('do without a copy that cannot be written', async () => {
    const file = await write(TEXT);
    expect((await loadVectorTable(file, join(file, 'no-folder', 'copy'))).table.words).toHaveLength(3);
  });

  it.each([
    ['a word without numbers', 'good 1 2\nbad\n', 'line 2'],
    ['what is no number', 'good 1 x\n', 'line 1'],
    ['vectors of different lengths', 'good 1 2\nbad 1 2\nugly 1\n', 'line 3'],
    ['nothing', '', ''],
  ])('are refused with the line that has %s', async (_, text, line) => {
    const file = await write(text);
    const error = await loadVectorTable(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).where).toContain(line);
  });

  it('are refused when missing', async () => {
    await expect(loadVectorTable('/nowhere/v.txt')).rejects.toMatchObject({ where: '/nowhere/v.txt' });
  });

  it('are a source of synonyms', async () => {
    const source = await loadCounterFittedVectors(await write(TEXT), { neighbours: 1 });
    expect(source.candidates('good')).toEqual(['fine']);
    expect(source.candidates('unknown')).toEqual([]);
    expect(source.cosine?.('good', 'good')).toBeCloseTo(1, 12);
    expect(source.squaredDistance?.('good', 'bad')).toBe(4);
    expect(source).toMatchObject({ name: 'counter-fitted-vectors', version: '3x2' });
  });
});
