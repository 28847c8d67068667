import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import type { AttackExample } from '../outcome.js';
import { textFooler } from '../recipes/textfooler.js';
import { runAttack } from '../run-attack.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { linearVictim, toySynonyms, toyTagger } from '../testing/toys.js';
import { AttackJournal, readJournal } from './journal.js';

const recipe = textFooler({ synonyms: toySynonyms({ good: ['bad', 'fine'] }), partOfSpeech: toyTagger() });
const victim = linearVictim({ good: 1, bad: -0.5, poor: -2 });
const examples: AttackExample[] = Array.from({ length: 12 }, (_, id) => ({
  id,
  texts: [`${'good '.repeat(1 + (id % 4))}film ${id % 3 ? 'poor' : '😀 "שלום"\n'}`],
  label: 1,
}));
const header = {
  attack: 1,
  recipe: recipe.describe(),
  victim: { name: 'linear', sources: [{ hash: 'abc' }] },
  seed: 1,
};

/** Attacks what is left, up to `most` examples. */
async function attack(file: string, { most = Infinity, concurrency = 3 } = {}) {
  const journal = await AttackJournal.open({ file, header, examples });
  try {
    let done = 0;
    for await (const outcome of runAttack({ recipe, victim, examples: journal.remaining, seed: 1, concurrency })) {
      await journal.append(outcome);
      if (++done >= most) break;
    }
    return journal;
  } finally {
    await journal.close();
  }
}

const newFile = async () => join(await temporaryFolder(), 'new', 'outcomes.jsonl');

async function refusal(file: string, other: object = header): Promise<InputError> {
  const error = await AttackJournal.open({ file, header: { ...other }, examples }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe('a journal', () => {
  it('of an attack that was killed again and again is that of an unbroken one, byte for byte', async () => {
    const [whole, pieces] = [await newFile(), await newFile()];
    await attack(whole);
    const expected = await readFile(whole);
    for (let round = 0; round < 20; round++) {
      await attack(pieces, { most: 1 + (round % 2), concurrency: 1 + (round % 5) });
      const { length } = await readFile(pieces);
      // Killed while writing: the last line is torn, somewhere, also within a character.
      if (round < 10) await truncate(pieces, length - 3 * round);
      else if (length < expected.length) await appendFile(pieces, expected.subarray(length, length + 40));
    }
    await attack(pieces);
    expect((await readFile(pieces)).equals(expected)).toBe(true);
    const again = await attack(pieces);
    expect([again.finished.length, again.remaining.length]).toEqual([12, 0]);
  });

  it('begins again where even its header is torn', async () => {
    const file = await newFile();
    await attack(file, { most: 1 });
    const expected = await readFile(file);
    await truncate(file, 20);
    await attack(file, { most: 1 });
    expect((await readFile(file)).equals(expected)).toBe(true);
  });

  it('is read back with its header', async () => {
    const file = await newFile();
    await attack(file, { most: 5 });
    await appendFile(file, '{"id":5,"sta');
    const { header: found, outcomes } = await readJournal(file);
    expect(found).toEqual(header);
    expect(outcomes.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    await expect(readJournal('/no/such/file')).rejects.toThrow(InputError);
  });

  it('refuses another attack, and says what differs', async () => {
    const file = await newFile();
    await attack(file, { most: 1 });
    const other = { ...header, victim: { name: 'linear', sources: [{ hash: 'abd' }] } };
    expect(await refusal(file, other)).toMatchObject({
      message: 'This journal belongs to another attack: victim.sources.0.hash differs.',
      where: `${file}:1`,
      hint: expect.stringContaining('--force') as string,
    });
    expect((await refusal(file, { ...header, budget: 9 })).message).toContain('budget');
  });

  it.each([
    ['{"id":1', /no JSON/],
    ['[]', /no outcome/],
    ['{"id":1,"status":"won"}', /'status' is wrong/],
  ])('refuses a broken line, with its number: %s', async (line, message) => {
    const file = await newFile();
    await attack(file, { most: 1 });
    await appendFile(file, `${line}\n`);
    const error = await refusal(file);
    expect(error.message).toMatch(message);
    expect(error.where).toBe(`${file}:3`);
    await expect(readJournal(file)).rejects.toMatchObject({ where: `${file}:3` });
  });

  it('refuses the outcomes of other examples, more of them than there are, and files that are none', async () => {
    const file = await newFile();
    await attack(file);
    const lines = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, [lines[0], lines[2], ''].join('\n'));
    expect(await refusal(file)).toMatchObject({ message: 'The outcome is not that of example 0.', where: `${file}:2` });
    await writeFile(file, [...lines.slice(0, -1), lines[1], ''].join('\n'));
    expect((await refusal(file)).where).toBe(`${file}:14`);
    for (const content of ['shopping list\n', 'no line', '{"id":1,"status":"failed"}\n']) {
      await writeFile(file, content);
      expect(await refusal(file)).toMatchObject({ where: `${file}:1` });
    }
    expect((await readFile(file, 'utf8')).startsWith('{"id":1')).toBe(true);
  });
});
