import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { RunRecord } from '@rose/experiments';
import { temporaryFolder, tinyBert, withWeights } from '@rose/testing';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const main = path.join(root, 'apps/runner/src/main.ts');

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line, from source; `meanwhile` may watch it and stop it. */
function rose(args: readonly string[], meanwhile?: (stop: () => void) => void): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: root };
    const child = spawn(process.execPath, ['--conditions=@rose/source', '--import', 'tsx', main, ...args], options);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    meanwhile?.(() => child.kill('SIGTERM'));
  });
}

/** Waits until a file is there. */
async function appearance(file: string): Promise<void> {
  while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** A sweep of a minute; settings of the attack only where the suites hold one. */
const small = (out: string, ...more: string[]) => {
  const attacks = more.some((setting) => setting.startsWith('suites='))
    ? []
    : ['attack.examples=4', 'attack.similarity=none'];
  const settings = [
    'seeds=[1]',
    `models=[${tinyBert}]`,
    'variants=[vanilla,rose-ensemble]',
    'training.epochs=2',
    'training.maxLength=24',
    'data.trainRows=48',
    ...attacks,
    ...more,
  ];
  return ['sweep', '--experiment=quickstart', `--out=${out}`, ...settings.map((setting) => `--set=${setting}`)];
};
const record = async (out: string, id: string): Promise<RunRecord> =>
  JSON.parse(await readFile(path.join(out, 'runs', id, 'run.json'), 'utf8')) as RunRecord;

const vanilla = 'mini-sst2.tiny-bert.vanilla.seed1';
const ensemble = 'mini-sst2.tiny-bert.rose-ensemble.seed1';

describe('a sweep', { timeout: 240_000 }, () => {
  it('trains, attacks and tabulates every variant; then finds nothing to do; then does just what is new', async () => {
    const out = await temporaryFolder();
    const first = await rose(small(out));
    // Once, however many runs there are.
    const told = `rose: ${tinyBert}: classifier.* was drawn: the folder has a head for 3 classes\n`;
    expect(first).toMatchObject({ code: 0, stderr: told });
    const { notes } = (await record(out, vanilla)).training ?? {};
    expect(notes).toEqual(['classifier.* was drawn: the folder has a head for 3 classes']);
    expect(first.stdout).toContain('2 runs: 0 done already, 2 to do');
    expect(first.stdout).toMatch(/vanilla\s+\*?\d/);

    const scores = (await readFile(path.join(out, 'tables/scores.csv'), 'utf8')).trim().split('\n');
    expect(scores[0]).toBe('task,model,variant,seed,suite,metric,value,examples');
    for (const variant of ['vanilla', 'rose-ensemble']) {
      for (const suite of ['dev', 'advglue', 'textfooler']) {
        expect(scores.some((line) => line.startsWith(`mini-sst2,tiny-bert,${variant},1,${suite},`))).toBe(true);
      }
    }
    expect((await readdir(path.join(out, 'runs', vanilla))).sort()).toEqual([
      'checkpoint',
      'run.json',
      'suites',
      'train.jsonl',
    ]);
    expect((await readdir(path.join(out, 'runs', vanilla, 'checkpoint'))).sort()).toContain('model.safetensors');
    const { training } = await record(out, ensemble);
    expect(Object.keys(training?.keptShare ?? {})).toHaveLength(16);
    expect(training?.drift['classifier']).toBeGreaterThan(0);

    const trained = (await stat(path.join(out, 'runs', vanilla, 'checkpoint/model.safetensors'))).mtimeMs;
    const second = await rose(small(out));
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('2 done already, 0 to do');

    const third = await rose(small(out, 'attack.examples=5'));
    expect(third.code).toBe(0);
    expect((await record(out, vanilla)).suites['textfooler']?.examples).toBe(5);
    expect((await stat(path.join(out, 'runs', vanilla, 'checkpoint/model.safetensors'))).mtimeMs).toBe(trained);
  });

  it('knows a finished run by its record alone, and trains it again when more is asked of it', async () => {
    const out = await temporaryFolder();
    const one = (...more: string[]) => rose(small(out, 'variants=[vanilla]', 'suites=[dev]', ...more));
    expect((await one()).code).toBe(0);
    const weights = path.join(out, 'runs', vanilla, 'checkpoint/model.safetensors');
    const before = await readFile(weights);
    for (const carriedNot of ['checkpoint', 'suites', 'train.jsonl']) {
      await rm(path.join(out, 'runs', vanilla, carriedNot), { recursive: true });
    }
    const carried = await one();
    expect(carried.stdout).toContain('1 done already, 0 to do');
    expect(carried.stdout).toMatch(/vanilla\s+\*?\d/);
    expect(existsSync(weights)).toBe(false);

    expect((await one('suites=[dev,advglue]')).code).toBe(0);
    expect((await readFile(weights)).equals(before)).toBe(true);
    expect(Object.keys((await record(out, vanilla)).suites)).toEqual(['dev', 'advglue']);
  });

  it('ends with 75 when it is stopped, and goes on to the very same scores', async () => {
    const [broken, unbroken] = [await temporaryFolder(), await temporaryFolder()];
    const id = 'mini-sst2.tiny-bert.rose-first.seed1';
    const long = (out: string) => [
      ...small(out, 'training.epochs=60', 'variants=[rose-first]', 'suites=[dev,advglue]'),
    ];
    // The first of sixty epochs is the best so far, and is saved.
    const first = path.join(broken, 'runs', id, 'checkpoint/model.safetensors');
    const stopped = await rose(long(broken), (stop) => void appearance(first).then(stop));
    expect(stopped.code).toBe(75);
    expect((await record(broken, id)).state).toBe('interrupted');

    expect((await rose(long(broken))).code).toBe(0);
    expect((await rose(long(unbroken))).code).toBe(0);
    const weights = (out: string) => readFile(path.join(out, 'runs', id, 'checkpoint/model.safetensors'));
    expect((await weights(broken)).equals(await weights(unbroken))).toBe(true);
    const csv = (out: string) => readFile(path.join(out, 'tables/scores.csv'), 'utf8');
    expect(await csv(broken)).toBe(await csv(unbroken));
    const steps = (await readFile(path.join(broken, 'runs', id, 'train.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; step: number });
    expect(steps.filter(({ kind }) => kind === 'step').map(({ step }) => step)).toEqual(
      Array.from({ length: 120 }, (_, i) => i + 1),
    );
  });

  it('ends with 1 when one run fails, with the others done and the table saying what is missing', async () => {
    const [out, models] = [await temporaryFolder(), await temporaryFolder()];
    // Finite, so that the plan finds nothing wrong with it; the first step does.
    const huge = path.join(models, 'huge-bert');
    await cp(tinyBert, huge, { recursive: true });
    await withWeights(({ header, data }) => {
      const [begin = 0, end = 0] = header['bert.encoder.layer.0.output.dense.weight']?.data_offsets ?? [];
      for (let at = begin; at < end; at += 4) data.writeFloatLE(3e38, at);
    })(huge);
    const { code, stdout, stderr } = await rose(
      small(out, `models=[${tinyBert}, ${huge}]`, 'variants=[vanilla]', 'suites=[dev]'),
    );
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
    expect((await record(out, vanilla)).state).toBe('done');
    expect(stdout).toMatch(/mini-sst2\.huge-bert\.vanilla\.seed1: failed/);
    expect(stdout).toContain('NaN');
    expect(stdout).not.toContain('    at ');
  });
});

describe('a request that makes no sense', { timeout: 60_000 }, () => {
  it.each([
    [['sweep', '--exprimnt=x'], '--experiment'],
    [['sweep', '--experiment=quickstrat'], 'quickstart'],
    [['sweep', '--set=training.epoch=3'], 'training.epochs'],
    [['sweep', '--set=variants=[rose-frist]'], 'rose-first'],
    [['sweep', '--set=tasks=[sst3]'], 'sst2'],
    [['sweep', '--set=models=[./no-such-model]'], 'no-such-model'],
    [['sweep', '--set=data={source: folder, hub: /no/such/hub}', '--set=suites=[dev]'], '/no/such/hub'],
    [['sweep', '--jobs=0'], 'jobs'],
    [['sweeep'], 'sweep'],
    [['report', '--out=/no/such/folder'], '/no/such/folder'],
  ])('%j ends with 2 and one clear message', async (args, hint) => {
    const { code, stderr } = await rose(args);
    expect(code).toBe(2);
    expect(stderr).toContain('rose: ');
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('    at ');
  });
});
