import path from 'node:path';
import { wrongFolder, wrongFolders } from '@rose/testing';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../cli.js';
import { ExitCode } from './exit-code.js';

let [said, complained] = ['', ''];

beforeAll(() => {
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((complained += String(text))));
  return () => vi.restoreAllMocks();
});

beforeEach(() => void ([said, complained] = ['', '']));

const plan = (model: string, ...set: string[]) =>
  runCli([
    ...['sweep', '--plan', '--experiment=quickstart', `--set=models=[${JSON.stringify(model)}]`],
    ...['training.maxLength=24', 'data.trainRows=8', 'suites=[dev]', 'variants=[vanilla]', 'seeds=[1]', ...set].map(
      (one) => `--set=${one}`,
    ),
  ]);

describe('rose sweep --plan over a model with', () => {
  it.each(wrongFolders)('$name ends with 2, and one message that says where and what next', async (wrong) => {
    const model = await wrongFolder(wrong);
    expect(await plan(model)).toBe(ExitCode.Usage);
    const [first = '', where = '', next = '', ...more] = complained.trimEnd().split('\n');
    expect(first).toContain('rose: ');
    expect(first).toContain(wrong.message);
    expect(where.startsWith(`  where: ${path.join(model, wrong.file)}`)).toBe(true);
    expect(next.startsWith('  next:  ')).toBe(true);
    expect(next).toContain(wrong.hint);
    expect([more, said]).toEqual([[], '']);
  });
});

describe('rose sweep --plan', () => {
  it('says once what loading a model will say, and plans', async () => {
    const model = await wrongFolder({ spoil: () => Promise.resolve() });
    expect(await plan(model, 'variants=[vanilla,rose-first]', 'seeds=[1,2]')).toBe(ExitCode.Done);
    const ofModel = complained.split('\n').filter((line) => line.includes(model));
    expect(ofModel).toEqual([`rose: ${model}: classifier.* was drawn: the folder has a head for 3 classes`]);
    expect(said).toContain('vanilla');
  });
});
