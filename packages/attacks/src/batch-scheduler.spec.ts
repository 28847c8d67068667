import { expect, it } from 'vitest';
import { BatchScheduler } from './batch-scheduler.js';

function recorder(fails: (text: string) => boolean = () => false) {
  const batches: string[][] = [];
  const scheduler = new BatchScheduler<string, string>({
    run: async (texts) => {
      batches.push([...texts]);
      await Promise.resolve();
      const guilty = texts.find(fails);
      if (guilty) throw new Error(`cannot read ${guilty}`);
      return texts.map((text) => text.toUpperCase());
    },
    key: (text) => text,
    length: (text) => text.length,
    batchSize: 3,
  });
  return { batches, scheduler };
}

it('merges what is asked together: no doubles, sorted by length, full batches, answers in order', async () => {
  const { batches, scheduler } = recorder();
  const answers = await Promise.all([
    scheduler.request(['dddd', 'a', 'ccc']),
    scheduler.request([]),
    scheduler.request(['bb', 'a', 'a']),
  ]);
  expect(answers).toEqual([['DDDD', 'A', 'CCC'], [], ['BB', 'A', 'A']]);
  expect(batches).toEqual([['a', 'bb', 'ccc'], ['dddd']]);
});

it('gathers what is asked while the model works into the next round', async () => {
  const { batches, scheduler } = recorder();
  const follow = async (name: string) => {
    await scheduler.request([name]);
    return scheduler.request([`${name}${name}`]);
  };
  await Promise.all([follow('a'), follow('b'), follow('c')]);
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['aa', 'bb', 'cc'],
  ]);
});

it('lets only the guilty request fail, with the error it would have had alone, and goes on', async () => {
  const { scheduler } = recorder((text) => text.startsWith('x'));
  const [good, bad, other] = await Promise.allSettled([
    scheduler.request(['a', 'b']),
    scheduler.request(['c', 'xx']),
    scheduler.request(['d']),
  ]);
  expect(good).toEqual({ status: 'fulfilled', value: ['A', 'B'] });
  expect(other).toEqual({ status: 'fulfilled', value: ['D'] });
  expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'cannot read xx' } });
  expect(await scheduler.request(['e'])).toEqual(['E']);
});

it('refuses a model that gives another number of outputs', async () => {
  const scheduler = new BatchScheduler<string, string>({
    run: () => Promise.resolve(['only one']),
    key: (text) => text,
    length: (text) => text.length,
    batchSize: 8,
  });
  await expect(scheduler.request(['a', 'b'])).rejects.toThrow('1 outputs for 2 inputs');
});
