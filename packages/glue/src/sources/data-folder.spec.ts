import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dataFolder, dataPath } from './data-folder.js';

afterEach(() => vi.unstubAllEnvs());

describe('the data folder', () => {
  it('is what ROSE_DATA says, else data in the working directory', () => {
    vi.stubEnv('ROSE_DATA', 'some/where');
    expect(dataFolder()).toBe(resolve('some/where'));
    for (const unset of [undefined, '']) {
      vi.stubEnv('ROSE_DATA', unset);
      expect(dataFolder()).toBe(resolve('data'));
    }
  });
});

describe('the path of a part', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    vi.stubEnv('ROSE_DATA', folder);
  });

  it('lies in the data folder', () => {
    for (const name of ['hub', 'advglue', 'counterfit']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'counterfit/counterfitted_neighbors.json'), '{}');
    expect(dataPath('hub')).toBe(join(folder, 'hub'));
    expect(dataPath('advGlue')).toBe(join(folder, 'advglue'));
    expect(dataPath('counterFitted')).toBe(join(folder, 'counterfit/counterfitted_neighbors.json'));
  });

  it('is the given one, relative to the working directory', async () => {
    const own = await temporaryFile('vectors.txt', '');
    expect(dataPath('counterFitted', relative('.', own))).toBe(own);
    expect(() => dataPath('counterFitted', './no/such/vectors.txt')).toThrow(
      expect.objectContaining({ option: 'counterFitted', where: resolve('no/such/vectors.txt') }),
    );
  });

  it('names the folder, the variable and the command where there is no data', () => {
    const message = (part: 'hub' | 'advGlue') => {
      try {
        return dataPath(part);
      } catch (error) {
        return error;
      }
    };
    expect(message('advGlue')).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('The data folder lacks AdvGLUE') as string,
      option: 'advGlue',
      where: join(folder, 'advglue'),
      hint: expect.stringMatching(/ROSE_DATA.*node tools\/fetch-data\.mjs --only=advglue/) as string,
    });
    vi.stubEnv('ROSE_DATA', join(folder, 'none'));
    expect(message('hub')).toMatchObject({
      where: join(folder, 'none'),
      option: 'hub',
      hint: expect.stringMatching(/ROSE_DATA.*node tools\/fetch-data\.mjs$/) as string,
    });
  });
});
