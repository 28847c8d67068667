import { existsSync } from 'node:fs';
import { readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readJournal } from '@rose/attacks';
import { dataFolder, embeddedSource, findTask, folderSource } from '@rose/glue';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../cli.js';
import { ExitCode } from './exit-code.js';
import { folderWithWords, temporaryFile, temporaryFolder } from '@rose/testing';
import { augmentWith } from '@rose/experiments/internal';

const sst2 = findTask('sst2');
const hub = path.join(dataFolder(), 'hub');
/** For the victim below: pairs are read as one text. */
const PAIRS = "inputs = inputs.map((columns) => [columns.join(' ')]);";
let said = '';
let complained = '';

beforeAll(() => {
  const keep = (take: (text: string) => void) => (text: unknown) => {
    take(String(text));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep((text) => (said += text)));
  vi.spyOn(process.stderr, 'write').mockImplementation(keep((text) => (complained += text)));
  return () => vi.restoreAllMocks();
});

/** A victim with an opinion of every word, by its letters; `body` may spoil it. */
async function module(body = ''): Promise<string> {
  return temporaryFile(
    'mine.mjs',
    `let asked = 0;
    const opinion = (word) => ([...word].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 1009, 7) % 9) - 4;
    export async function probabilities(inputs) {
      ${body}
      return inputs.map(([text]) => {
        const sum = text.toLowerCase().split(/[^a-z]+/).reduce((total, word) => total + opinion(word), 0);
        const p = 1 / (1 + Math.exp(-sum / 3));
        return [1 - p, p];
      });
    }`,
  );
}

async function attack(victim: string, ...more: string[]) {
  said = complained = '';
  const usual = ['--task=sst2', '--examples=24', '--threads=1'].filter(
    (option) => !more.some((other) => other.split('=')[0] === option.split('=')[0]),
  );
  // A module is no matter of a backend, and without a sentence encoder nothing is.
  const set = ['--set', 'attack.similarity=none'];
  return runCli(['attack', `--victim=${victim}`, ...usual, ...set, ...more]);
}

const outcomesIn = (out: string) => path.join(out, 'outcomes.jsonl');

describe('rose attack', { timeout: 120_000 }, () => {
  it('attacks a module without any training, and leaves results that others read', async () => {
    const [victim, out] = [await module(), await temporaryFolder()];
    expect(await attack(victim, '--recipe=deepwordbug', `--out=${out}`)).toBe(ExitCode.Done);
    expect(said).toMatch(/^Accuracy under attack +\d/m);
    expect(said).toMatch(/\[-\w+-\]\{\+.+\+\}/);
    expect((await readdir(out)).sort()).toEqual(['advglue', 'outcomes.jsonl', 'report.html', 'summary.json']);
    const { header, outcomes } = await readJournal(outcomesIn(out));
    expect(outcomes).toHaveLength(24);
    const successes = outcomes.filter(({ status }) => status === 'success');
    expect(successes.length).toBeGreaterThan(3);
    expect(header).toMatchObject({
      rose: 'attack',
      task: 'sst2',
      settings: expect.stringMatching(/^\w{16}$/) as string,
      recipe: { sources: expect.any(Array) as unknown[], departures: expect.any(Array) as unknown[] },
      victim: { kind: 'module', name: 'mine.mjs', hash: expect.any(String) as string },
      data: { source: 'embedded', hash: expect.any(String) as string },
    });
    const summary = JSON.parse(await readFile(path.join(out, 'summary.json'), 'utf8')) as Record<string, unknown>;
    expect(summary).toMatchObject({ metrics: { succeeded: successes.length }, schedule: { resumed: 0 } });

    // glue's own reader of AdvGLUE.
    const read = await folderSource({ hub: out, advGlue: path.join(out, 'advglue') }).adversarial(sst2);
    expect(read.map(({ texts, label, original }) => [texts, label, original])).toEqual(
      successes.map(({ adversarial, label, original }) => [adversarial?.texts, label, original.texts]),
    );
    expect(new Set(read.map(({ construction, method }) => `${construction} ${method}`)).size).toBe(1);

    // Training rows.
    const examples = await embeddedSource().load(sst2, 'train');
    const rows = await augmentWith(out, { task: sst2, examples });
    expect(rows.map(({ texts, label }) => [texts, label])).toEqual(read.map(({ texts, label }) => [texts, label]));
    expect(new Set([...examples, ...rows].map(({ id }) => id)).size).toBe(examples.length + rows.length);
    expect(await augmentWith(outcomesIn(out), { task: sst2, examples })).toEqual(rows);
    await expect(augmentWith(out, { task: findTask('cola'), examples })).rejects.toThrow("on the task 'sst2'");
  });

  it.each(['bae', 'bert-attack', 'clare'])('asks a masked language model of our own encoders: %s', async (recipe) => {
    const [victim, out] = [await module(), await temporaryFolder()];
    const model = `--set=attack.maskedLanguageModel=${await folderWithWords('bert-mlm')}`;
    expect(await attack(victim, `--recipe=${recipe}`, '--examples=6', `--out=${out}`, model)).toBe(ExitCode.Done);
    const { header, outcomes } = await readJournal(outcomesIn(out));
    expect(outcomes).toHaveLength(6);
    expect(JSON.stringify(header)).toContain('"version":"rose bert"');
    // What it replaces words with, it has from the model's vocabulary.
    const successes = outcomes.filter(({ status }) => status === 'success');
    for (const { adversarial, original } of successes) expect(adversarial?.texts).not.toEqual(original.texts);
  });

  it('is taken up where it was killed, and ends the same, whatever ran at once', async () => {
    const [victim, out, other] = [await module(), await temporaryFolder(), await temporaryFolder()];
    await attack(victim, '--recipe=pwws', `--out=${out}`, '--concurrency=1');
    const whole = await readFile(outcomesIn(out));
    await attack(victim, '--recipe=pwws', `--out=${other}`, '--concurrency=24');
    expect((await readFile(outcomesIn(other))).equals(whole)).toBe(true);
    await truncate(outcomesIn(out), Math.floor(whole.length / 2));
    expect(await attack(victim, '--recipe=pwws', `--out=${out}`, '--concurrency=7')).toBe(ExitCode.Done);
    expect((await readFile(outcomesIn(out))).equals(whole)).toBe(true);
    // Another seed is another attack.
    expect(await attack(victim, '--recipe=pwws', `--out=${out}`, '--seed=2')).toBe(ExitCode.Usage);
    expect(complained).toContain('seed differs');
    expect(complained).toContain(`${outcomesIn(out)}:1`);
    expect(await attack(victim, '--recipe=pwws', `--out=${out}`, '--seed=2', '--force')).toBe(ExitCode.Done);
  });

  it('stops when told to, ends with 75, and goes on from there', async () => {
    const [out, reference] = [await temporaryFolder(), await temporaryFolder()];
    // Each module has a counter of its own, which starts as it is loaded and goes on.
    const stopping = await module("if (++asked === 20) process.emit('SIGINT');");
    const run = (victim: string, folder: string) =>
      attack(victim, '--recipe=textfooler', `--out=${folder}`, '--concurrency=2');
    expect(await run(await module(), reference)).toBe(ExitCode.Done);
    expect(await run(stopping, out)).toBe(ExitCode.Interrupted);
    expect(complained).toContain('Run the same command again');
    const done = (await readJournal(outcomesIn(out))).outcomes.length;
    expect(done).toBeLessThan(24);
    expect(await run(stopping, out)).toBe(ExitCode.Done);
    const { outcomes } = await readJournal(outcomesIn(out));
    expect(outcomes).toEqual((await readJournal(outcomesIn(reference))).outcomes);
  });

  it('records examples that fail, goes on, and ends with 1', async () => {
    const out = await temporaryFolder();
    const victim = await module("if (inputs.some(([text]) => text.includes('laptop'))) throw new Error('no laptops');");
    const examples = (await embeddedSource().load(sst2, 'dev')).length;
    expect(await attack(victim, '--recipe=deepwordbug', `--out=${out}`, `--examples=${examples}`, '--no-diffs')).toBe(
      ExitCode.Failed,
    );
    const { outcomes } = await readJournal(outcomesIn(out));
    const errors = outcomes.filter(({ status }) => status === 'error');
    expect(errors.map(({ original }) => original.texts[0]?.includes('laptop'))).toEqual(errors.map(() => true));
    expect(errors.length).toBeGreaterThan(0);
    expect(outcomes).toHaveLength(examples);
    expect(said).toContain('no laptops');
    expect(said).not.toContain('[-');
  });

  it('keeps to budgets, and measures fluency where a language model is given', async () => {
    const out = await temporaryFolder();
    const lm = await temporaryFile(
      'lm.mjs',
      'export const perplexities = async (texts) => texts.map((text) => text.length);',
    );
    const more = ['--query-budget=12', `--language-model=${lm}`, '--recipe=deepwordbug'];
    expect(await attack(await module(), `--out=${out}`, ...more)).toBe(ExitCode.Done);
    const { outcomes } = await readJournal(outcomesIn(out));
    expect(Math.max(...outcomes.map(({ queries }) => queries))).toBe(12);
    const success = outcomes.find(({ status }) => status === 'success');
    expect(success?.quality).toEqual({
      originalPerplexity: success?.original.texts[0]?.length,
      adversarialPerplexity: success?.adversarial?.texts[0]?.length,
    });
    expect(said).toMatch(/^Perplexity, adversarial +\d/m);
    expect((await readJournal(outcomesIn(out))).header['gauges']).toEqual({
      similarity: null,
      perplexity: { name: 'lm.mjs', hash: expect.stringMatching(/^\w{16}$/) as string },
    });
  });

  it('attacks errors again where asked to, and nothing else', async () => {
    const [out, reference, folder] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()];
    // The endpoint is down while there is a file of this name: the victim is the same, so is its hash.
    const down = path.join(folder, 'down');
    const victim = await module(
      `const { existsSync } = await import('node:fs');
      if (existsSync(${JSON.stringify(down)}) && inputs.some(([text]) => text.includes(' a '))) throw new Error('down');`,
    );
    const run = (where: string, ...more: string[]) =>
      attack(victim, '--recipe=deepwordbug', `--out=${where}`, '--concurrency=3', ...more);
    expect(await run(reference)).toBe(ExitCode.Done);
    await writeFile(down, '');
    expect(await run(out)).toBe(ExitCode.Failed);
    expect(said).toContain('--retry-errors');
    const [before, whole] = [await readFile(outcomesIn(out), 'utf8'), await readFile(outcomesIn(reference), 'utf8')];
    await rm(down);
    expect(await run(out)).toBe(ExitCode.Failed);
    expect(await readFile(outcomesIn(out), 'utf8')).toBe(before);
    expect(await run(out, '--retry-errors')).toBe(ExitCode.Done);
    expect(await readFile(outcomesIn(out), 'utf8')).toBe(whole);
    const good = before.split('\n').filter((line) => !line.includes('"error"'));
    const summary = JSON.parse(await readFile(path.join(out, 'summary.json'), 'utf8')) as { schedule: object };
    expect(summary).toMatchObject({ metrics: { errors: 0 }, schedule: { resumed: good.length - 2 } });
    expect(good.length - 2).toBeLessThan(24);
  });

  it.skipIf(!existsSync(hub))(
    `leaves frozen columns of a pair alone (skipped without the data at ${hub}; set ROSE_DATA)`,
    async () => {
      const [victim, out] = [await module(PAIRS), await temporaryFolder()];
      const more = ['--task=rte', '--set', 'data.source=folder', '--recipe=deepwordbug'];
      const changedColumns = async () => {
        const { outcomes } = await readJournal(outcomesIn(out));
        return new Set(outcomes.flatMap(({ replacements }) => replacements.map(({ column }) => column)));
      };
      expect(await attack(victim, `--out=${out}`, ...more)).toBe(ExitCode.Done);
      expect(await changedColumns()).toEqual(new Set([0, 1]));
      // Another attack, and known as such.
      expect(await attack(victim, `--out=${out}`, ...more, '--freeze=sentence1')).toBe(ExitCode.Usage);
      expect(complained).toContain('belongs to another attack: recipe.');
      expect(await attack(victim, `--out=${out}`, ...more, '--freeze=sentence1', '--force')).toBe(ExitCode.Done);
      expect(await changedColumns()).toEqual(new Set([1]));
    },
  );

  it.each([
    [['--recipe=textfoler'], "Did you mean 'textfooler'?"],
    [['--task=rte'], 'mini-GLUE has no rte'],
    [['--recipe=bae'], 'attack.maskedLanguageModel'],
    [['--set', 'attack.synonym=x'], "Did you mean 'attack.synonyms'?"],
    [['--set', 'atack.synonyms=x'], "Did you mean 'attack'?"],
    [['--set', 'attack.synonyms=x'], "'attack.synonyms' is"],
    [['--set', 'examples=3'], "Did you mean 'attack.examples'?"],
    [['--set', 'attack.examples=3'], 'given already: 24'],
    [['--set', 'backend.name=cpu'], "'backend.name' has no use here"],
    [['--set', 'attack.recipes.textfooler.window=3'], "'attack.recipes.textfooler.window' has no use here"],
    [['--force', '--retry-errors'], '--retry-errors'],
    [['--labels=NEG,POS'], '--labels'],
    [['--labels=NEG,'], 'between two commas'],
    [['--language-model=./none.mjs'], '--language-model'],
    [['--set', 'attack.synonyms=counter-fitted'], 'ROSE_DATA'],
    [['--concurrency=0'], 'concurrency'],
    [['--freeze=sentense'], "Did you mean 'sentence'?"],
    [['--freeze=sentence'], 'Every column is frozen'],
    [['--recipe=a2t'], 'gradient'],
  ])('refuses %j', async (more, why) => {
    vi.stubEnv('ROSE_DATA', '/nowhere/data');
    onTestFinished(() => void vi.unstubAllEnvs());
    const out = path.join(await temporaryFolder(), 'new');
    expect(await attack(await module(), `--out=${out}`, ...more)).toBe(ExitCode.Usage);
    expect(complained).toContain(why);
    expect(existsSync(out)).toBe(false);
  });

  it('leaves earlier results alone where it refuses to begin anew', async () => {
    const [victim, out] = [await module(), await temporaryFolder()];
    expect(await attack(victim, '--recipe=deepwordbug', `--out=${out}`)).toBe(ExitCode.Done);
    const before = await readFile(outcomesIn(out));
    expect(await attack(victim, '--recipe=a2t', `--out=${out}`, '--force')).toBe(ExitCode.Usage);
    expect((await readFile(outcomesIn(out))).equals(before)).toBe(true);
  });

  it('refuses victims that are none, or of another task', async () => {
    expect(await attack('/no/such/victim')).toBe(ExitCode.Usage);
    expect(complained).toContain("no victim '/no/such/victim'");
    const three = await temporaryFile(
      'three.mjs',
      'export const probabilities = async (inputs) => inputs.map(() => [0.2, 0.3, 0.5]);',
    );
    expect(await attack(three)).toBe(ExitCode.Usage);
    expect(complained).toContain('3 classes');
    expect(await attack('http://127.0.0.1:9/', '--set', 'victim.retries=0')).toBe(ExitCode.Failed);
    expect(complained).toContain('cannot be reached');
  });
});
