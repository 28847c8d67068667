import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { byName } from '@rose/foundation';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { embeddedSource } from '../sources/embedded-source.js';
import { folderSource } from '../sources/folder-source.js';
import { fixture } from '../testing/files.js';
import { defineTask } from './define-task.js';
import { findTask, tasks } from './tasks.js';

const given = { name: 'reviews', title: 'Reviews', columns: ['sentence'], labels: ['bad', 'good'] };

describe('defining a task', () => {
  it('fills in the splits and the metric', () => {
    expect(defineTask(given)).toEqual({
      ...given,
      splits: { train: 'train', dev: 'validation' },
      metric: 'accuracy',
    });
  });

  it.each([
    [{ name: '../up' }, 'name'],
    [{ name: '' }, 'name'],
    [{ columns: [] }, 'columns'],
    [{ columns: ['a', 'b', 'c'] }, 'columns'],
    [{ columns: ['a', 'a'] }, 'columns'],
    [{ labels: ['only'] }, 'labels'],
    [{ labels: ['yes', 'no', 'yes'] }, 'labels'],
  ])('refuses %j', (change, option) => {
    expect(() => defineTask({ ...given, ...change })).toThrow(
      expect.objectContaining({ name: 'InputError', option, hint: expect.any(String) as string }),
    );
  });
});

describe("a task that is not in GLUE's list", () => {
  const reviews = defineTask({ ...given, splits: { train: 'train', dev: 'held-out' }, advGlueKey: 'my-reviews' });

  it('is found beside ours', () => {
    const all = byName([...tasks.values(), reviews]);
    expect(findTask('reviews', all)).toBe(reviews);
    expect(() => findTask('reviws', all)).toThrow(expect.objectContaining({ hint: "Did you mean 'reviews'?" }));
  });

  it('is read from a folder, with its own split names, labels and adversarial texts', async () => {
    const hub = await temporaryFolder();
    const file = join(hub, 'datasets/nyu-mll/glue/reviews/held-out-00000-of-00001.parquet');
    mkdirSync(dirname(file), { recursive: true });
    cpSync(fixture('two-row-groups.parquet'), file);
    const items = [{ idx: 4, sentence: 'The lid craked on day one.', label: 'bad' }];
    const advGlue = dirname(await temporaryFile('dev.json', JSON.stringify({ 'my-reviews': items })));
    const source = folderSource({ hub, advGlue });
    expect((await source.load(reviews, 'dev'))[1]).toEqual({ id: 1, texts: ['The lid cracked on day one.'], label: 0 });
    expect(await source.adversarial(reviews)).toEqual([{ id: 4, texts: ['The lid craked on day one.'], label: 0 }]);
    expect(await source.fingerprint(reviews)).toMatch(/^[0-9a-f]{64}$/);
    await expect(source.load(reviews, 'train')).rejects.toThrow('The train split of reviews is not there.');
  });

  it('is refused by the embedded source, which says what it has', async () => {
    await expect(embeddedSource().load(reviews, 'dev')).rejects.toMatchObject({
      message: 'The embedded mini-GLUE has no reviews.',
      hint: expect.stringContaining('It has sst2.') as string,
    });
  });
});
