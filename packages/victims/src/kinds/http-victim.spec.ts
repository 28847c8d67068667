import { type IncomingMessage, type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '@rose/foundation';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AttackOutcome, type Victim, VictimError, deepWordBug, runAttack, victimFrom } from '@rose/attacks';
import type { Clock } from './back-off.js';
import { httpVictim } from './http-victim.js';

/** p(1) = σ(sum of the words' weights). */
const linear = victimFrom('linear', async (inputs) =>
  Promise.resolve(
    inputs.map((columns) => {
      const words = columns.join(' ').split(/\W+/);
      const sum = words.reduce((total, word) => total + (word === 'good' ? 1 : word === 'bad' ? -0.5 : 0), 0);
      const p = 1 / (1 + Math.exp(-sum));
      return [1 - p, p];
    }),
  ),
);

async function outcomesOf(victim: Victim): Promise<AttackOutcome[]> {
  const examples = ['good film', 'a good old film', 'good good'].map((text, id) => ({ id, texts: [text], label: 1 }));
  const outcomes: AttackOutcome[] = [];
  for await (const outcome of runAttack({ recipe: deepWordBug.create(), victim, examples, seed: 1 }))
    outcomes.push(outcome);
  return outcomes;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void (server.close(), server.closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/classify`;
}

async function inputsOf(request: IncomingMessage): Promise<string[][]> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return (JSON.parse(body) as { inputs: string[][] }).inputs;
}

/** A server that answers rightly but for the first attempts, for which `spoil` may answer. */
async function moody(spoil: (attempt: number, ...it: Parameters<RequestListener>) => boolean) {
  let attempts = 0;
  const url = await serve((request, response) => {
    if (spoil(++attempts, request, response)) return;
    void inputsOf(request)
      .then((inputs) => linear.probabilities(inputs))
      .then((rows) => response.end(JSON.stringify({ probabilities: rows })));
  });
  return { url, attempts: () => attempts };
}

/** A clock that stands still and keeps nobody waiting, and how long it was asked to wait. */
function stoppedClock() {
  const waits: number[] = [];
  const clock: Clock = {
    now: () => 0,
    wait: (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  };
  return { clock, waits };
}

const texts = [['good film'], ['bad film'], ['film']];
const fast = { backOff: 0 };

describe('an HTTP victim', () => {
  it('answers as the function behind it does, pairs included, and can be attacked', async () => {
    const sizes: number[] = [];
    const url = await serve((request, response) => {
      void inputsOf(request)
        .then((inputs) => (sizes.push(inputs.length), linear.probabilities(inputs)))
        .then((rows) => response.end(JSON.stringify(rows)));
    });
    const victim = httpVictim({ url, batchSize: 3, callsAtOnce: 2 });
    const pairs = [
      ['good', 'bad'],
      ['', 'שלום 😀'],
    ];
    expect(await victim.probabilities(pairs)).toEqual(await linear.probabilities(pairs));
    expect(await outcomesOf(victim)).toEqual(await outcomesOf(linear));
    expect(Math.max(...sizes)).toBe(3);
  });

  it('reads answers in labels, whatever their order', async () => {
    const url = await serve((_, response) => {
      const row = (negative: number, first: 0 | 1) => {
        const both = [
          { label: 'NEGATIVE', score: negative },
          { label: 'POSITIVE', score: 1 - negative },
        ];
        return first ? both.reverse() : both;
      };
      response.end(JSON.stringify([row(0.75, 0), row(0.25, 1)]));
    });
    const taskLabels = ['negative', 'positive'];
    expect(await httpVictim({ url, taskLabels }).probabilities([['a'], ['b']])).toEqual([
      [0.75, 0.25],
      [0.25, 0.75],
    ]);
    const other = httpVictim({ url, taskLabels, labels: ['POSITIVE', 'NEGATIVE'] });
    expect(await other.probabilities([['a'], ['b']])).toEqual([
      [0.25, 0.75],
      [0.75, 0.25],
    ]);
    await expect(httpVictim({ url, taskLabels: ['no', 'yes'] }).probabilities([['a'], ['b']])).rejects.toThrow(
      InputError,
    );
  });

  it('tries again, ever more patiently, where a failure may pass', async () => {
    const { url, attempts } = await moody((attempt, _, response) => {
      if (attempt === 1) response.writeHead(503).end('warming up');
      if (attempt === 2) response.destroy();
      return attempt <= 2;
    });
    const { clock, waits } = stoppedClock();
    const victim = httpVictim({ url, backOff: 0.05, clock });
    expect(await victim.probabilities(texts)).toEqual(await linear.probabilities(texts));
    expect(attempts()).toBe(3);
    expect(waits).toEqual([0.05, 0.1]);
  });

  it('waits as long as it is asked to', async () => {
    const { url } = await moody((attempt, _, response) => {
      if (attempt === 1) response.writeHead(429, { 'retry-after': '7' }).end();
      return attempt === 1;
    });
    const { clock, waits } = stoppedClock();
    await httpVictim({ url, backOff: 0.05, clock }).probabilities(texts);
    expect(waits).toEqual([7]);
  });

  it('gives up after its attempts, and at once where another would not help', async () => {
    const busy = await moody((_, __, response) => !!response.writeHead(500).end('out of memory'));
    const asked = httpVictim({ url: busy.url, ...fast, retries: 2 }).probabilities(texts);
    await expect(asked).rejects.toThrow(/status 500: "out of memory" \(3 attempts\)/);
    expect(busy.attempts()).toBe(3);

    const strict = await moody((_, __, response) => !!response.writeHead(401).end('no'));
    await expect(httpVictim({ url: strict.url, ...fast }).probabilities(texts)).rejects.toThrow(/status 401/);
    expect(strict.attempts()).toBe(1);

    const silent = await moody(() => true);
    const late = httpVictim({ url: silent.url, timeout: 0.05, retries: 1, backOff: 0 }).probabilities(texts);
    await expect(late).rejects.toThrow('did not answer within 0.05 s (2 attempts)');
    await expect(httpVictim({ url: 'http://127.0.0.1:9/', ...fast, retries: 0 }).probabilities(texts)).rejects.toThrow(
      /cannot be reached/,
    );
  });

  it.each([
    ['no JSON', '<html>', /not answer with JSON: "<html>"/],
    ['no rows', '{"error":"x"}', /without rows/],
    ['too few rows', '[[0.5,0.5]]', /1 rows for 3 texts/],
    ['null for NaN', '[[null,1],[0.5,0.5],[0.5,0.5]]', /not a finite number.*"good film"/],
    ['logits', '[[2,-1],[0.5,0.5],[0.5,0.5]]', /soft-max/],
  ])('refuses %s', async (_, answer, message) => {
    const url = await serve((__, response) => response.end(answer));
    const asked = httpVictim({ url, ...fast }).probabilities(texts);
    await expect(asked).rejects.toThrow(VictimError);
    await expect(asked).rejects.toThrow(message);
  });

  it('keeps to its rate', async () => {
    const { url } = await moody(() => false);
    const { clock, waits } = stoppedClock();
    const victim = httpVictim({ url, requestsPerSecond: 20, clock });
    await Promise.all(Array.from({ length: 5 }, () => victim.probabilities(texts)));
    expect(waits).toEqual([0.05, 0.1, 0.15, 0.2]);
  });

  it('refuses options that make no sense', () => {
    const url = 'http://localhost/';
    for (const wrong of [
      { url: 'nowhere' },
      { retries: -1 },
      { timeout: 0 },
      { batchSize: 1.5 },
      { requestsPerSecond: 0 },
    ])
      expect(() => httpVictim({ url, ...wrong })).toThrow(InputError);
  });
});
