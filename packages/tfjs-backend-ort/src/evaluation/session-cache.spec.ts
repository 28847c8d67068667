import { describe, expect, it } from 'vitest';
import { SessionCache } from './session-cache.js';

/** Stands for a session and remembers whether it was released. */
class FakeSession {
  released = false;

  constructor(readonly bytes = 1) {}

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}

describe('SessionCache', () => {
  it('makes a session once for a key', async () => {
    const cache = new SessionCache<FakeSession>({ sessions: 2, bytes: 100 });
    const first = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    expect(await cache.obtain('a', () => Promise.reject(new Error('made again')))).toBe(first);
  });

  it('releases the session that was used least recently', async () => {
    const cache = new SessionCache<FakeSession>({ sessions: 2, bytes: 100 });
    const make = (): Promise<FakeSession> => Promise.resolve(new FakeSession());
    const [a, b] = [await cache.obtain('a', make), await cache.obtain('b', make)];
    await cache.obtain('a', make);
    await cache.obtain('c', make);
    expect([a.released, b.released]).toEqual([false, true]);
    expect(cache.size).toBe(2);
  });

  it('releases the oldest until the others fit into the memory allowed, but never the one asked for', async () => {
    const cache = new SessionCache<FakeSession>({ sessions: 9, bytes: 100 });
    const make = (bytes: number) => (): Promise<FakeSession> => Promise.resolve(new FakeSession(bytes));
    const [a, b] = [await cache.obtain('a', make(40)), await cache.obtain('b', make(40))];
    await cache.obtain('c', make(30));
    expect([a.released, b.released, cache.bytes]).toEqual([true, false, 70]);
    const huge = await cache.obtain('d', make(500));
    expect([b.released, huge.released, cache.size, cache.bytes]).toEqual([true, false, 1, 500]);
    await cache.clear();
    expect([huge.released, cache.bytes]).toEqual([true, 0]);
  });

  it('keeps what it has when a session cannot be made', async () => {
    const cache = new SessionCache<FakeSession>({ sessions: 1, bytes: 100 });
    const kept = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    await expect(cache.obtain('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([cache.size, kept.released]).toEqual([1, false]);
  });

  it('releases everything when cleared', async () => {
    const cache = new SessionCache<FakeSession>({ sessions: 3, bytes: 100 });
    const session = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    await cache.clear();
    expect([cache.size, session.released]).toEqual([0, true]);
  });
});
