import { InterruptedError, RandomStream } from '@rose/foundation';
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
  // What came first, with its neighbours in length.
  expect(batches).toEqual([['bb', 'ccc', 'dddd'], ['a']]);
});

it('gathers what is asked while the model works', async () => {
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

it('answers a request as soon as its own inputs are known, and fills the next batch with what is asked meanwhile', async () => {
  const { batches, scheduler } = recorder();
  const order: string[] = [];
  const short = scheduler.request(['a', 'b', 'c']).then(async () => {
    order.push('short');
    await scheduler.request(['d', 'e']);
    order.push('short again');
  });
  const long = scheduler.request(['xxxx', 'yyyy', 'zzzz', 'vvvv']).then(() => order.push('long'));
  await Promise.all([short, long]);
  expect(batches).toEqual([
    ['a', 'b', 'c'],
    ['xxxx', 'yyyy', 'zzzz'],
    ['d', 'e', 'vvvv'],
  ]);
  expect(order).toEqual(['short', 'short again', 'long']);
});

it('leaves nobody waiting for ever, however many shorter inputs keep coming', async () => {
  const { batches, scheduler } = recorder();
  let waiting = true;
  const long = scheduler.request(['a very long input']).then(() => (waiting = false));
  const crowd = async (name: string) => {
    for (let i = 0; waiting && i < 50; i++) await scheduler.request([`${name}${i}`, `${name}${i}!`]);
  };
  await Promise.all([long, crowd('p'), crowd('q'), crowd('r')]);
  expect(batches.findIndex((batch) => batch.includes('a very long input'))).toBeLessThan(2);
});

it('keeps several calls under way where the model takes them, and gives one answer to an input asked twice', async () => {
  let [underWay, most, seen] = [0, 0, 0];
  const scheduler = new BatchScheduler<number, number>({
    run: async (inputs) => {
      most = Math.max(most, ++underWay);
      seen += inputs.length;
      await new Promise((resolve) => setTimeout(resolve, 5));
      underWay--;
      return inputs.map((n) => n * n);
    },
    key: String,
    length: (n) => n,
    batchSize: 4,
    callsAtOnce: 3,
  });
  const all = Array.from({ length: 40 }, (_, n) => n);
  const first = scheduler.request(all);
  await new Promise((resolve) => setTimeout(resolve, 2));
  const squares = all.map((n) => n * n);
  expect(await Promise.all([first, scheduler.request([...all].reverse())])).toEqual([squares, [...squares].reverse()]);
  expect(most).toBe(3);
  expect(seen).toBe(40);
});

it('gives every request the answer or the error that it would have had alone, whatever is asked at the same time', async () => {
  const random = RandomStream.of('scheduler');
  const requests = Array.from({ length: 60 }, () =>
    Array.from({ length: 1 + random.below(9) }, () =>
      (random.below(30) === 0 ? 'x' : 'y').repeat(1 + random.below(20)),
    ),
  );
  const outcome = (answer: Promise<readonly string[]>) =>
    answer.then(
      (texts) => texts.join(),
      (error: unknown) => String(error),
    );
  const alone: string[] = [];
  for (const inputs of requests)
    alone.push(await outcome(recorder((t) => t.startsWith('x')).scheduler.request(inputs)));
  const { scheduler } = recorder((text) => text.startsWith('x'));
  expect(await Promise.all(requests.map((inputs) => outcome(scheduler.request(inputs))))).toEqual(alone);
  expect(alone.some((text) => text.startsWith('Error'))).toBe(true);
});

it('drops what waits once it is told to stop', async () => {
  const controller = new AbortController();
  let calls = 0;
  const scheduler = new BatchScheduler<string, string>({
    run: (inputs) => {
      calls++;
      controller.abort();
      return Promise.resolve(inputs);
    },
    key: (text) => text,
    length: (text) => text.length,
    batchSize: 1,
    signal: controller.signal,
  });
  const [first, second] = await Promise.allSettled([scheduler.request(['a']), scheduler.request(['b'])]);
  expect(first).toEqual({ status: 'fulfilled', value: ['a'] });
  expect(second).toMatchObject({ status: 'rejected', reason: expect.any(InterruptedError) as unknown });
  expect(calls).toBe(1);
});
