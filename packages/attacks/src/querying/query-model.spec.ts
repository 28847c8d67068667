import { InterruptedError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { BatchScheduler } from './batch-scheduler.js';
import { LruCache } from './lru-cache.js';
import { QueryModel } from './query-model.js';
import type { QueryModelOptions } from './query-model.js';
import { keyOfColumns, lengthOfColumns } from '../text/text-columns.js';
import type { TextColumns } from '../text/text-columns.js';

function modelWith(options: Omit<QueryModelOptions, 'scheduler'> = {}) {
  const seen: TextColumns[] = [];
  const scheduler = new BatchScheduler<TextColumns, readonly number[]>({
    run: (inputs) => {
      seen.push(...inputs);
      return Promise.resolve(inputs.map((columns) => [lengthOfColumns(columns)]));
    },
    key: keyOfColumns,
    length: lengthOfColumns,
    batchSize: 32,
  });
  return { seen, model: new QueryModel({ scheduler, ...options }) };
}

describe('QueryModel', () => {
  it('counts every request, and sends the model only what is new', async () => {
    const { model, seen } = modelWith();
    expect(await model.probabilities([['a'], ['bb'], ['a']])).toEqual([[1], [2], [1]]);
    expect(await model.probabilities([['bb'], ['ccc']])).toEqual([[2], [3]]);
    expect(model.queries).toBe(5);
    expect(model.modelQueries).toBe(3);
    expect(seen).toEqual([['a'], ['bb'], ['ccc']]);
  });

  it('cuts requests where the budget ends', async () => {
    const { model } = modelWith({ budget: 3 });
    await model.probabilities([['a']]);
    expect(model.exhausted).toBe(false);
    expect(await model.probabilities([['bb'], ['a'], ['ccc']])).toEqual([[2], [1]]);
    expect(model.exhausted).toBe(true);
    expect(await model.probabilities([['bb']])).toEqual([]);
    expect(model.queries).toBe(3);
  });

  it('answers nothing more once its time is over, but always the first query', async () => {
    let now = 0;
    const { model } = modelWith({ seconds: 2, now: () => now });
    now = 2500;
    expect(model.exhausted).toBe(false);
    expect(await model.probabilities([['a']])).toEqual([[1]]);
    expect(model.exhausted).toBe(true);
    expect(await model.probabilities([['bb']])).toEqual([]);
    const { model: other } = modelWith({ seconds: 2, now: () => now });
    await other.probabilities([['a']]);
    now = 4499;
    expect(await other.probabilities([['bb']])).toEqual([[2]]);
    now = 4500;
    expect([other.exhausted, other.queries]).toEqual([true, 2]);
  });

  it('looks at the clock within a long request, too', async () => {
    let looks = 0;
    // The clock is looked at once at the start and before each 32 texts but the first.
    const { model } = modelWith({ seconds: 1, now: () => (looks++ < 3 ? 0 : 1000) });
    const texts = Array.from({ length: 1000 }, (_, i): TextColumns => ['x'.repeat(i + 1)]);
    const rows = await model.probabilities(texts);
    expect(rows).toEqual(texts.slice(0, 96).map((_, i) => [i + 1]));
    const { model: free } = modelWith({ seconds: 1, now: () => 0 });
    expect(await free.probabilities(texts)).toHaveLength(1000);
  });

  it('answers rightly when the cache is smaller than one request', async () => {
    const { model } = modelWith({ cacheCharacters: 70 });
    expect(await model.probabilities([['a'], ['bb'], ['a']])).toEqual([[1], [2], [1]]);
    await model.probabilities([['a']]);
    expect(model.modelQueries).toBe(3);
  });

  it('stops at the signal', async () => {
    const { model } = modelWith({ signal: AbortSignal.abort() });
    await expect(model.probabilities([['a']])).rejects.toThrow(InterruptedError);
  });
});

it('keeps columns apart whatever they hold', () => {
  const keys = [
    ['ab', 'c'],
    ['a', 'bc'],
    ['abc'],
    ['abc', ''],
    ['', 'abc'],
    ['1,2:ab', 'c'],
    [`${'x'.repeat(9000)}a`],
    [`${'x'.repeat(9000)}b`],
    ['x'.repeat(9000), 'b'],
  ].map(keyOfColumns);
  expect(new Set(keys).size).toBe(keys.length);
});

it('forgets what was used longest ago', () => {
  const cache = new LruCache<number>(3 * 65);
  for (const [i, key] of ['a', 'b', 'c'].entries()) cache.set(key, i);
  expect(cache.get('a')).toBe(0);
  cache.set('d', 3);
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key))).toEqual([0, undefined, 2, 3]);
});
