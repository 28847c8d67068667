import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFolder } from '@rose/testing';
import { expect, it } from 'vitest';
import { fixture, readJsonFixture } from '../testing/fixtures.js';
import { readTokenizer } from './read-tokenizer.js';

interface Goldens {
  readonly tokenized: readonly { texts: string[]; maxLength: number; ids: number[]; typeIds: number[] }[];
}

it.each(readJsonFixture<Goldens>('tiny-bert-goldens.json').tokenized)(
  'gives the ids of Python for $texts at $maxLength',
  async ({ texts, maxLength, ids, typeIds }) => {
    const tokenizer = await readTokenizer(fixture('tiny-bert'));
    const sequence = tokenizer.encode(texts, maxLength);
    expect([...sequence.ids]).toEqual(ids);
    expect([...sequence.typeIds]).toEqual(typeIds);
  },
);

it('knows its padding and its size, and survives a round over the disk', async () => {
  const tokenizer = await readTokenizer(fixture('tiny-bert'));
  expect([tokenizer.padId, tokenizer.vocabularySize]).toEqual([0, 60]);
  const folder = await temporaryFolder();
  await tokenizer.saveTo(folder);
  const again = await readTokenizer(folder);
  expect(again.encode(['a good film'], 8)).toEqual(tokenizer.encode(['a good film'], 8));
});

it('refuses three columns, none, and lengths without room', async () => {
  const tokenizer = await readTokenizer(fixture('tiny-bert'));
  expect(() => tokenizer.encode(['a', 'b', 'c'], 8)).toThrow(InputError);
  expect(() => tokenizer.encode([], 8)).toThrow(InputError);
  expect(() => tokenizer.encode(['a', 'b'], 3)).toThrow('leaves no room');
});

it('says what is wrong with its file', async () => {
  const folder = await temporaryFolder();
  await cp(fixture('tiny-bert'), folder, { recursive: true });
  const path = join(folder, 'tokenizer.json');
  const refusal = () => readTokenizer(folder).catch((error: unknown) => error as InputError);
  await writeFile(path, '{"model": {"type": "WordPiece"}}');
  expect(await refusal()).toMatchObject({
    name: 'InputError',
    where: path,
    message: expect.stringContaining('[UNK] is not in its vocabulary') as string,
  });
  await writeFile(path, 'no json');
  expect(await refusal()).toMatchObject({ name: 'InputError', where: path });
  await rm(path);
  expect(await refusal()).toMatchObject({
    name: 'InputError',
    where: path,
    hint: expect.stringContaining('tokenizer.json') as string,
  });
});

it('knows its vocabulary both ways', async () => {
  const tokenizer = await readTokenizer(fixture('tiny-bert'));
  expect([tokenizer.maskId, tokenizer.unknownId, [...tokenizer.specialIds]]).toEqual([4, 1, [0, 1, 2, 3, 4]]);
  const film = tokenizer.idOf('film') ?? -1;
  expect([tokenizer.tokenOf(film), tokenizer.tokenOf(1000), tokenizer.idOf('cinema')]).toEqual([
    'film',
    undefined,
    undefined,
  ]);
  const { ids } = tokenizer.encode(['a good film!'], 8);
  expect(tokenizer.decode(ids)).toBe('[CLS] a good film! [SEP]');
  expect(tokenizer.decode(ids, { skipSpecials: true })).toBe('a good film!');
});

it('says where each token of a pair stands', async () => {
  const tokenizer = await readTokenizer(fixture('tiny-bert'));
  const texts = ['A  good film', 'The dog 🐕 jumps'];
  const { ids, places } = tokenizer.encodeWithPlaces(texts, 9);
  const found = places.map((place) => place && texts[place.text]?.slice(place.start, place.end));
  expect(found).toEqual([undefined, 'A', 'good', 'film', undefined, 'The', 'dog', '🐕', undefined]);
  expect(ids).toHaveLength(9);
});
