import { byName } from '@rose/foundation';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { expect, it } from 'vitest';
import { findVictim, openVictim, victimKinds } from './open-victim.js';

const labels = ['negative', 'positive'];
const open = (source: string, more: { settings?: Record<string, unknown>; victimLabels?: string[] } = {}) =>
  openVictim({ source, labels, threads: 1, settings: {}, ...more });

const aModule = () =>
  temporaryFile('mine.mjs', 'export const probabilities = async (inputs) => inputs.map(() => [0.5, 0.5]);');

it('has kinds of different names, each saying what it is', () => {
  expect([...byName(victimKinds).keys()]).toEqual(['http', 'module', 'transformers', 'encoder']);
  for (const { title } of victimKinds) expect(title.length).toBeGreaterThan(10);
});

it('refuses a setting that this kind of victim has no use for, and says whose it is', async () => {
  await expect(open(await aModule(), { settings: { maxLength: 64 } })).rejects.toMatchObject({
    name: 'InputError',
    message: "A victim of the kind 'module' has no use for the setting 'maxLength'.",
    option: 'maxLength',
    hint: "It is a setting of 'encoder'. Leave it out.",
  });
  await expect(open('http://127.0.0.1:9/', { settings: { dtype: 'q8' } })).rejects.toThrow(/no use for .*'dtype'/);
});

it('refuses an unknown setting with the nearest known one, and a value that makes no sense', async () => {
  await expect(open(await aModule(), { settings: { batchsize: 3 } })).rejects.toMatchObject({
    hint: "Did you mean 'batchSize'?",
  });
  await expect(open(await aModule(), { settings: { batchSize: 0 } })).rejects.toThrow(/batchSize.* is 0; .*at least 1/);
  await expect(open('transformers:nowhere', { settings: { dtype: 'int7' } })).rejects.toThrow(/dtype.*"int7"/);
});

it("refuses names of labels for a function, which answers in the task's order", async () => {
  await expect(open(await aModule(), { victimLabels: ['POS', 'NEG'] })).rejects.toMatchObject({
    message: expect.stringContaining("answers in the task's order") as string,
    option: 'victimLabels',
    hint: 'Leave them out. The order is negative, positive.',
  });
});

it('calls the options of every kind by its own names', async () => {
  const refusals: [source: string, option: string, more?: Parameters<typeof open>[1]][] = [
    ['./nowhere.mjs', 'source'],
    [await temporaryFolder(), 'source'],
    ['http://', 'source'],
    ['http://127.0.0.1:9/', 'headers', { settings: { headers: { 'a b': 'x' } } }],
    ['http://127.0.0.1:9/', 'headers', { settings: { headers: { accept: 3 } } }],
  ];
  for (const [source, option, more] of refusals) {
    await expect(open(source, more)).rejects.toMatchObject({ name: 'InputError', option });
  }
});

it('knows which kinds compute on a backend', async () => {
  const found = await findVictim({ source: await aModule(), labels, threads: 1, settings: {} });
  expect(found.kind.name).toBe('module');
  expect(victimKinds.filter(({ onBackend }) => onBackend).map(({ name }) => name)).toEqual(['encoder']);
});

it('says what can be given where a source is none of the kinds', async () => {
  await expect(open('/no/such/thing')).rejects.toMatchObject({ option: 'source' });
});
