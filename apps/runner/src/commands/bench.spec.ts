import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../cli.js';
import { ExitCode } from './exit-code.js';
import { temporaryFolder } from '@rose/testing';
import { readLines } from '@rose/bench';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const command = ['--conditions=@rose/source', '--import', 'tsx', path.join(root, 'apps/runner/src/main.ts'), 'bench'];
const run = promisify(execFile);

/** The real command line, from source. */
const bench = (...args: string[]) => run(process.execPath, [...command, ...args], { cwd: root });

describe('rose bench', { timeout: 240_000 }, () => {
  it('measures a tiny encoder, each point in a process of its own', async () => {
    const file = path.join(await temporaryFolder(), 'new', 'ours.jsonl');
    const { stdout } = await bench('--models=tiny', '--points=2x4', '--repeats=2', '--threads=1', `--json=${file}`);
    const lines = await readLines(file);
    const point = 'tiny 2 4';
    expect([...lines.keys()]).toEqual([
      `train ${point}`,
      `optimizer ${point}`,
      `inference ${point}`,
      `compile ${point}`,
      'ceiling',
    ]);
    for (const { bench: name, msMin, msMedian, msMax, peakRssMiB } of lines.values()) {
      expect(msMin).toBeLessThanOrEqual(msMedian);
      expect(msMax).toBeGreaterThanOrEqual(msMedian);
      expect(peakRssMiB).toBeGreaterThan(20);
      expect(stdout).toContain(`\n${name}`);
    }
    const compiled = lines.get(`compile ${point}`);
    expect(compiled?.bench === 'compile' && compiled.compileMs).toBeGreaterThan(0);
    expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(5);
  });

  it('takes turns with another program, here itself, and compares with what was measured before', async () => {
    const folder = await temporaryFolder();
    const [before, other] = [path.join(folder, 'before.jsonl'), path.join(folder, 'other.jsonl')];
    const point = ['--models=tiny', '--benches=inference', '--points=2x4', '--repeats=1'];
    await bench(...point, `--json=${before}`);
    const quoted = [process.execPath, ...command].map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ');
    const { stdout } = await bench(...point, `--with=${quoted}`, `--with-json=${other}`, `--against=${before}`);
    const [line] = (await readLines(other)).values();
    expect(line).toMatchObject({ bench: 'inference', model: 'tiny' });
    expect(line?.program).toMatch(/^rose on ort, onnxruntime-node \d/);
    const row = stdout.split('\n').find((text) => text.startsWith('inference')) ?? '';
    expect(row.match(/ ms, [\d.]+× \([\d.]+ … [\d.]+\), \d+ MiB/g)).toHaveLength(2);
  });

  it('measures methods in steps of vanilla', async () => {
    const file = path.join(await temporaryFolder(), 'methods.jsonl');
    const what = ['--suite=methods', '--models=tiny', '--points=2x4', '--repeats=2'];
    // Some have something to do before their first step.
    const variants = ['rose-second', 'freelb+rose-first', 'child-tuning-d', 'mixout'];
    const { stdout } = await bench(...what, `--variants=${variants.join()}`, `--json=${file}`);
    const lines = await readLines(file);
    expect([...lines.keys()]).toEqual(variants.map((variant) => `method ${variant} tiny 2 4`));
    for (const line of lines.values()) {
      if (line.bench !== 'method') throw new Error(line.bench);
      expect(line.timesVanillaMin).toBeLessThanOrEqual(line.timesVanilla);
      expect(line.timesVanillaMax).toBeGreaterThanOrEqual(line.timesVanilla);
      expect(stdout).toContain(line.variant);
    }
  });

  it('measures steps without a fusion in steps with all', async () => {
    const file = path.join(await temporaryFolder(), 'fusions.jsonl');
    const what = ['--suite=fusions', '--models=tiny', '--points=2x4,4x4', '--repeats=2', '--threads=1'];
    const { stdout } = await bench(...what, '--fusions=gelu,gelu-gradient', `--json=${file}`);
    const lines = await readLines(file);
    expect([...lines.keys()]).toEqual([
      'fusion gelu tiny 2 4',
      'fusion gelu-gradient tiny 2 4',
      'fusion gelu tiny 4 4',
      'fusion gelu-gradient tiny 4 4',
    ]);
    for (const line of lines.values()) {
      if (line.bench !== 'fusion') throw new Error(line.bench);
      expect(line.timesFullMin).toBeLessThanOrEqual(line.timesFull);
      expect(line.timesFullMax).toBeGreaterThanOrEqual(line.timesFull);
      expect(stdout).toContain(`\n${line.without} `);
    }
  });

  it('refuses what makes no sense', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => said.mockRestore());
    const refused: [options: string, why: string][] = [
      ['--models=bert', "There is no model 'bert'."],
      ['--repeats=0', '--repeats'],
      ['--suite=engin', "Did you mean 'engine'?"],
      ['--with-json=file', 'Give --with.'],
      ['--suite=fusions --fusions=row-sums,gleu', "Did you mean 'gelu'?"],
      ['--against=/no/such/file', '/no/such/file'],
    ];
    for (const [options, why] of refused) {
      expect(await runCli(['bench', ...options.split(' ')])).toBe(ExitCode.Usage);
      expect(String(said.mock.lastCall?.[0])).toContain(why);
    }
  });

  it('goes on where one point fails', async () => {
    // More positions than the model has: the first point cannot be measured.
    const partial = bench('--models=tiny', '--benches=inference', '--points=2x65,2x4', '--repeats=1');
    await expect(partial).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/inference tiny 2×65: .*failed[^]*\ninference +tiny +2×4 /),
    });
  });
});
