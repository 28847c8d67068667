import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import type { AttackExample } from '../text/outcome.js';
import type { TextColumns } from '../text/text-columns.js';
import { textFooler } from '../recipes/textfooler.js';
import { runAttack } from '../attack/run-attack.js';
import { linearVictim, toySynonyms, toyTagger } from '../testing/toys.js';
import { AttackJournal, readJournal } from './journal.js';

const recipe = textFooler.create({ synonyms: toySynonyms({ good: ['bad', 'fine'] }), partOfSpeech: toyTagger() });
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
async function attack(file: string, { most = Infinity, concurrency = 3, retryErrors = false, attacked = victim } = {}) {
  const journal = await AttackJournal.open({ file, header, examples, retryErrors });
  try {
    let done = 0;
    for await (const outcome of runAttack({
      recipe,
      victim: attacked,
      examples: journal.remaining,
      seed: 1,
      concurrency,
    })) {
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

  describe('with errors', () => {
    /** Down whenever a text of these examples is asked about. */
    const down = (ids: readonly number[]) => ({
      ...victim,
      probabilities: (inputs: readonly TextColumns[]) =>
        inputs.some(([text]) => ids.some((id) => text === examples[id]?.texts[0]))
          ? Promise.reject(new Error('connection refused'))
          : victim.probabilities(inputs),
    });
    // And of those with the same texts, 5 and 11.
    const flaky = down([1, 7]);
    const linesOf = async (file: string) => (await readFile(file, 'utf8')).split('\n');
    const isError = (line: string) => line.includes('"status":"error"');

    it('attacks those examples again where asked to, and touches no other line', async () => {
      const [whole, file] = [await newFile(), await newFile()];
      await attack(whole);
      await attack(file, { attacked: flaky });
      const [before, expected] = [await linesOf(file), await linesOf(whole)];
      const errors = before.filter(isError).length;
      expect(errors).toBeGreaterThan(2);
      expect(before.filter((line) => !expected.includes(line)).every(isError)).toBe(true);

      // Not asked to, and with nothing left to do: nothing happens.
      expect((await attack(file)).remaining).toEqual([]);
      expect(await linesOf(file)).toEqual(before);

      // Still down: the errors stand where they stood.
      expect((await attack(file, { retryErrors: true, attacked: flaky })).remaining).toHaveLength(errors);
      expect(await linesOf(file)).toEqual(before);

      const journal = await attack(file, { retryErrors: true });
      expect([journal.finished.length, journal.outcomes.length]).toEqual([12 - errors, 12]);
      expect(journal.outcomes.map(({ id }) => id)).toEqual(examples.map(({ id }) => id));
      expect(await linesOf(file)).toEqual(expected);
      expect((await attack(file, { retryErrors: true })).remaining).toEqual([]);
    });

    it('loses nothing when a retry is killed, and goes on with or without being asked again', async () => {
      const whole = await newFile();
      await attack(whole);
      const expected = await linesOf(whole);
      for (const retryErrors of [true, false]) {
        const file = await newFile();
        await attack(file, { attacked: flaky });
        const good = (await linesOf(file)).filter((line) => line !== '' && !isError(line));
        // Killed: the file as it is while open, with one line written and another torn.
        const journal = await AttackJournal.open({ file, header, examples, retryErrors: true });
        const [first] = journal.remaining;
        expect(first?.id).toBe(1);
        for await (const outcome of runAttack({ recipe, victim, examples: first ? [first] : [], seed: 1 })) {
          await journal.append(outcome);
        }
        const open = await readFile(file, 'utf8');
        await journal.close();
        await writeFile(file, `${open}{"id":5,"sta`);
        const killed = await linesOf(file);
        for (const line of good) expect(killed).toContain(line);
        expect(killed.at(-2)).toBe(expected[2]);

        const again = await attack(file, { retryErrors });
        expect(again.finished.length).toBe(good.length);
        expect(again.finished.map(({ id }) => id)).toContain(1);
        expect(await linesOf(file)).toEqual(expected);
      }
    });

    it('is in order after an interrupted retry, too', async () => {
      const file = await newFile();
      await attack(file, { attacked: flaky });
      await attack(file, { retryErrors: true, most: 2 });
      const ids = (await readJournal(file)).outcomes.map(({ id }) => id);
      expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
      expect(ids.length).toBeLessThan(12);
    });
  });

  it('is not there before the first outcome, and what was there stays until then', async () => {
    const file = await newFile();
    await (await AttackJournal.open({ file, header, examples })).close();
    await expect(readFile(file)).rejects.toThrow('ENOENT');
    await attack(file);
    const before = await readFile(file, 'utf8');
    const other = { ...header, seed: 2 };
    const refused = await AttackJournal.open({ file, header: other, examples, anew: true });
    expect(refused.remaining).toHaveLength(12);
    await refused.close();
    expect(await readFile(file, 'utf8')).toBe(before);
    const journal = await AttackJournal.open({ file, header: other, examples, anew: true });
    for await (const outcome of runAttack({ recipe, victim, examples, seed: 2 })) await journal.append(outcome);
    await journal.close();
    expect((await readJournal(file)).header).toEqual(other);
  });

  it('is mended where it was left out of order or cut short, even if nothing is added', async () => {
    const file = await newFile();
    await attack(file);
    const expected = await readFile(file, 'utf8');
    const [head, first, second, ...rest] = expected.split('\n');
    await writeFile(file, `${[head, second, first, ...rest].join('\n')}{"id":`);
    expect((await attack(file)).remaining).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe(expected);
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
      option: 'file',
      hint: 'Choose another file, or begin this one anew.',
    });
    expect((await refusal(file, { ...header, budget: 9 })).message).toContain('budget');
  });

  it.each([
    ['{"id":1', /not JSON/],
    ['[]', /not the outcome/],
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
    for (const changed of [
      { id: 12 },
      { label: 0 },
      { original: { texts: ['x'], probabilities: [], prediction: null } },
    ]) {
      const line = JSON.stringify({ ...(JSON.parse(lines[2] ?? '') as object), ...changed });
      await writeFile(file, [lines[0], lines[1], line, ''].join('\n'));
      expect(await refusal(file)).toMatchObject({
        message: expect.stringContaining('none of the 12 examples') as string,
        where: `${file}:3`,
      });
    }
    await writeFile(file, [...lines.slice(0, -1), lines[1], ''].join('\n'));
    expect((await refusal(file)).where).toBe(`${file}:14`);
    for (const content of ['shopping list\n', 'no line', '{"id":1,"status":"failed"}\n']) {
      await writeFile(file, content);
      expect(await refusal(file)).toMatchObject({ where: `${file}:1` });
    }
    expect((await readFile(file, 'utf8')).startsWith('{"id":1')).toBe(true);
  });
});
