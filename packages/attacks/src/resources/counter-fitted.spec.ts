import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@rose/foundation';
import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { loadCounterFittedNeighbours } from './counter-fitted.js';

const file = resolve(process.env['ROSE_DATA'] || 'data', 'counterfit/counterfitted_neighbors.json');

describe.skipIf(!existsSync(file))(`counter-fitted neighbours (skipped without ${file}; set ROSE_DATA)`, () => {
  it('gives neighbours nearest first, and no cosines', async () => {
    const source = await loadCounterFittedNeighbours(file);
    expect(source.candidates('movie').slice(0, 3)).toEqual(['film', 'filmmaking', 'films']);
    expect(source.candidates('xyzzyx')).toEqual([]);
    expect(source.candidates('toString')).toEqual([]);
    expect(source.version).toBe('lists-of-8');
    expect(source.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(source.cosine).toBeUndefined();
  });
});

describe('neighbour files', () => {
  const load = async (json: string) => loadCounterFittedNeighbours(await temporaryFile('neighbours.json', json));

  it('are read, the word itself left out', async () => {
    const source = await load('{"a": ["b", "a", "c"], "__proto__": ["x"]}');
    expect(source.candidates('a')).toEqual(['b', 'c']);
    expect(source.candidates('constructor')).toEqual([]);
  });

  it.each([
    ['not JSON', '{"a": ['],
    ['a list', '["a"]'],
    ['lists of something else', '{"a": [1]}'],
    ['words without lists', '{"a": "b"}'],
  ])('are refused when they are %s', async (_, json) => {
    await expect(load(json)).rejects.toThrow(InputError);
  });

  it('are refused with their path when missing', async () => {
    await expect(loadCounterFittedNeighbours('/nowhere/n.json')).rejects.toMatchObject({ where: '/nowhere/n.json' });
  });
});
