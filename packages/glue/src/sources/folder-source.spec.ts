import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@rose/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findTask } from '../tasks/tasks.js';
import { hubWithDev } from '../testing/files.js';
import { folderSource } from './folder-source.js';

const sst2 = findTask('sst2');
const dev = 'datasets/nyu-mll/glue/sst2/validation-00000-of-00001.parquet';

describe('a folder as source', () => {
  // Nothing here may depend on the data that this machine has.
  beforeEach(() => vi.stubEnv('ROSE_DATA', '/nowhere/data'));
  afterEach(() => vi.unstubAllEnvs());

  it('reads a split in the Hugging Face layout', async () => {
    const examples = await folderSource({ hub: await hubWithDev('two-row-groups.parquet') }).load(sst2, 'dev');
    expect(examples).toHaveLength(5);
    expect(examples[1]).toEqual({ id: 1, texts: ['The lid cracked on day one.'], label: 0 });
  });

  it('says which folder was looked for and what to do', async () => {
    await expect(folderSource({ hub: '/nowhere/hub' }).load(sst2, 'train')).rejects.toMatchObject({
      name: 'InputError',
      where: '/nowhere/hub',
      option: 'hub',
      hint: expect.stringContaining('/nowhere/data/hub') as string,
    });
    await expect(folderSource().fingerprint(sst2)).rejects.toMatchObject({
      where: '/nowhere/data',
      option: 'hub',
      hint: expect.stringContaining('ROSE_DATA') as string,
    });
  });

  it('is the data folder unless it is told otherwise', async () => {
    const data = await temporaryFolder();
    vi.stubEnv('ROSE_DATA', data);
    cpSync(await hubWithDev('two-row-groups.parquet'), join(data, 'hub'), { recursive: true });
    expect(await folderSource().load(sst2, 'dev')).toHaveLength(5);
    const bare = await folderSource().fingerprint(sst2);
    mkdirSync(join(data, 'advglue'));
    writeFileSync(join(data, 'advglue/dev.json'), '{"sst2": [{"idx": 0, "sentence": "Godo.", "label": 1}]}');
    expect(await folderSource().adversarial(sst2)).toEqual([{ id: 0, texts: ['Godo.'], label: 1 }]);
    expect(await folderSource().fingerprint(sst2)).not.toBe(bare);
  });

  it('says which file of a split is not there', async () => {
    const hub = await hubWithDev('two-row-groups.parquet');
    await expect(folderSource({ hub }).load(sst2, 'train')).rejects.toMatchObject({
      message: 'The train split of sst2 is not there.',
      where: expect.stringContaining('sst2/train-00000-of-00001.parquet') as string,
    });
  });

  it.each([
    ['null-text.parquet', 'holds no text', /row 2/],
    ['hidden-labels.parquet', '-1 is not a label of sst2', /row 2/],
    ['no-rows.parquet', 'holds no examples', /parquet$/],
  ])('refuses %s, naming file and row', async (file, message, where) => {
    await expect(folderSource({ hub: await hubWithDev(file) }).load(sst2, 'dev')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(message) as string,
      where: expect.stringMatching(where) as string,
    });
  });

  it('refuses the file of another task', async () => {
    const hub = await hubWithDev('two-row-groups.parquet');
    cpSync(`${hub}/${dev}`, `${hub}/${dev.replace('sst2', 'rte')}`, { recursive: true });
    await expect(folderSource({ hub }).load(findTask('rte'), 'dev')).rejects.toMatchObject({
      message: 'The column "sentence1" is missing.',
      where: expect.stringContaining('rte/validation') as string,
    });
  });

  it('explains a missing AdvGLUE', async () => {
    const hub = await temporaryFolder();
    await expect(folderSource({ hub }).adversarial(sst2)).rejects.toMatchObject({
      where: '/nowhere/data',
      option: 'advGlue',
    });
    await expect(folderSource({ hub, advGlue: '/nowhere' }).adversarial(sst2)).rejects.toMatchObject({
      where: '/nowhere',
    });
    await expect(folderSource({ hub, advGlue: hub }).adversarial(sst2)).rejects.toMatchObject({
      message: 'Neither dev_ann.json nor dev.json of AdvGLUE is here.',
      where: hub,
    });
    await expect(folderSource({ hub, advGlue: '/nowhere' }).adversarial(findTask('cola'))).rejects.toMatchObject({
      message: 'AdvGLUE has no part for cola.',
      hint: 'It has parts for sst2, rte, qnli, qqp.',
    });
  });

  it('has a fingerprint that follows the contents and not the place', async () => {
    const [here, there] = [await hubWithDev('two-row-groups.parquet'), await hubWithDev('two-row-groups.parquet')];
    const fingerprint = await folderSource({ hub: here }).fingerprint(sst2);
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await folderSource({ hub: there }).fingerprint(sst2)).toBe(fingerprint);
    appendFileSync(`${there}/${dev}`, ' ');
    expect(await folderSource({ hub: there }).fingerprint(sst2)).not.toBe(fingerprint);
    await expect(folderSource({ hub: here }).fingerprint(findTask('rte'))).rejects.toThrow('No file of rte is there.');
  });
});
