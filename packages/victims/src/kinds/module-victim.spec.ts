import { expect, it } from 'vitest';
import { temporaryFile } from '@rose/testing';
import { openVictim } from '../open-victim.js';

async function open(code: string, settings: { timeout?: number; batchSize?: number } = {}) {
  const file = await temporaryFile('mine.mjs', code);
  return openVictim({ source: file, labels: ['no', 'yes'], threads: 1, settings });
}

it('is a function of a module, typed arrays and gradients included', async () => {
  const { victim, description } = await open(`
    export const name = 'my model';
    export const batchSize = 7;
    export async function probabilities(inputs) { return inputs.map(([text]) => Float32Array.of(0.25, 0.75)); }
    export function gradientNorms(inputs) { return Promise.resolve(inputs.map(() => [1, 2])); }
  `);
  expect(await victim.probabilities([['a'], ['b']])).toEqual([
    [0.25, 0.75],
    [0.25, 0.75],
  ]);
  expect(await victim.gradientNorms?.([['a b']], [0])).toEqual([[1, 2]]);
  expect([victim.name, victim.batchSize]).toEqual(['my model', 7]);
  expect(description).toMatchObject({
    kind: 'module',
    name: 'my model',
    hash: expect.stringMatching(/^\w{16}$/) as string,
  });
});

it.each([
  ['no function', 'export const probabilities = 3;', 'exports no function'],
  ['broken code', 'export function (', 'cannot be loaded'],
  ['code that throws', 'throw new Error("no GPU");', 'no GPU'],
])('is refused for %s', async (_, code, message) => {
  await expect(open(code)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringContaining(message) as string,
    where: expect.stringContaining('mine.mjs') as string,
  });
});

it('has its answers checked and its time limited', async () => {
  const { victim } = await open('export const probabilities = async (inputs) => inputs.map(() => [2, 3]);');
  await expect(victim.probabilities([['a']])).rejects.toThrow('soft-max');
  const silent = await open('export const probabilities = () => new Promise(() => {});', {
    timeout: 0.02,
    batchSize: 3,
  });
  await expect(silent.victim.probabilities([['a']])).rejects.toThrow('within 0.02 s');
  expect(silent.victim.batchSize).toBe(3);
});
