import { describe, expect, it } from 'vitest';
import { findTask } from '../tasks/tasks.js';
import { embeddedSource } from './embedded-source.js';

describe('the embedded source', () => {
  it('loads both splits and the adversarial set of sst2 from the package', async () => {
    const source = embeddedSource();
    const sst2 = findTask('sst2');
    expect((await source.load(sst2, 'train')).length).toBeGreaterThan((await source.load(sst2, 'dev')).length);
    expect((await source.adversarial(sst2)).every(({ original, method }) => original && method)).toBe(true);
    expect(await source.fingerprint(sst2)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says what it has when it is asked for something else', async () => {
    await expect(embeddedSource().load(findTask('rte'), 'dev')).rejects.toMatchObject({
      name: 'InputError',
      message: 'The embedded mini-GLUE has no rte.',
      hint: expect.stringContaining('It has sst2.') as string,
    });
  });
});
