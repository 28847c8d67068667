import { expect, it } from 'vitest';
import { InputError } from './errors.js';
import { renamingOptions } from './renaming-options.js';

const fail = () => {
  throw new InputError('No such folder.', { option: 'hub', hint: 'Make one.' });
};

it('gives an option the name it has above', () => {
  expect(() => renamingOptions({ hub: 'data.hub' }, fail)).toThrow(
    expect.objectContaining({ message: 'No such folder.', option: 'data.hub', where: 'data.hub', hint: 'Make one.' }),
  );
});

it('does so for promises, and more than once', async () => {
  const twice = renamingOptions({ folder: '--folder' }, () =>
    renamingOptions({ hub: 'folder' }, async () => {
      await Promise.resolve();
      fail();
    }),
  );
  await expect(twice).rejects.toMatchObject({ option: '--folder', where: '--folder' });
});

it('keeps the place of an error that has one, and every other error as it is', () => {
  const placed = () => {
    throw new InputError('Broken.', { where: 'a.json:3', option: 'hub' });
  };
  expect(() => renamingOptions({ hub: 'data.hub' }, placed)).toThrow(
    expect.objectContaining({ where: 'a.json:3', option: 'data.hub' }),
  );
  const bug = new TypeError('x is undefined');
  expect(() =>
    renamingOptions({ hub: 'data.hub' }, () => {
      throw bug;
    }),
  ).toThrow(bug);
});

it('returns what was computed', async () => {
  expect(renamingOptions({}, () => 3)).toBe(3);
  await expect(renamingOptions({}, () => Promise.resolve(4))).resolves.toBe(4);
});
