import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { runCli } from '../cli.js';
import { ExitCode } from './exit-code.js';
import { temporaryFolder } from '@rose/testing';
import { readLines } from '@rose/bench';

it('measures our schedule beside one example at a time, in one run', { timeout: 120_000 }, async () => {
  const said: string[] = [];
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
  onTestFinished(() => stdout.mockRestore());
  const file = path.join(await temporaryFolder(), 'attack.jsonl');
  const command = [
    'bench',
    '--suite=attack',
    '--quick',
    '--models=tiny',
    '--repeats=1',
    '--threads=1',
    `--json=${file}`,
  ];
  expect(await runCli(command)).toBe(ExitCode.Done);
  const [line] = (await readLines(file)).values();
  if (line?.bench !== 'attack') throw new Error('no line');
  expect(line).toMatchObject({ recipe: 'textfooler', model: 'tiny' });
  expect(line.examplesPerMinute).toBeCloseTo(60_000 / line.msMedian, 0);
  expect(line.modelTimeShare).toBeGreaterThan(0);
  expect(line.modelTimeShare).toBeLessThanOrEqual(1);
  expect(line.oneAtATimeRatio).toBeGreaterThan(0);
  expect(said.join('')).toContain('examples a minute');
});
