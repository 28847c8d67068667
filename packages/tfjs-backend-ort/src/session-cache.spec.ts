import { describe, expect, it } from 'vitest';
import { SessionCache } from './session-cache.js';

/** Stands for a session and remembers whether it was released. */
class FakeSession {
  released = false;

  release(): Promise<void> {
    this.released = true;
    return Promise.resolve();
  }
}

describe('SessionCache', () => {
  it('makes a session once for a key', async () => {
    const cache = new SessionCache<FakeSession>(2);
    const first = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    expect(await cache.obtain('a', () => Promise.reject(new Error('made again')))).toBe(first);
  });

  it('releases the session that was used least recently', async () => {
    const cache = new SessionCache<FakeSession>(2);
    const make = (): Promise<FakeSession> => Promise.resolve(new FakeSession());
    const [a, b] = [await cache.obtain('a', make), await cache.obtain('b', make)];
    await cache.obtain('a', make);
    await cache.obtain('c', make);
    expect([a.released, b.released]).toEqual([false, true]);
    expect(cache.size).toBe(2);
  });

  it('keeps what it has when a session cannot be made', async () => {
    const cache = new SessionCache<FakeSession>(1);
    const kept = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    await expect(cache.obtain('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect([cache.size, kept.released]).toEqual([1, false]);
  });

  it('releases everything when cleared', async () => {
    const cache = new SessionCache<FakeSession>(3);
    const session = await cache.obtain('a', () => Promise.resolve(new FakeSession()));
    await cache.clear();
    expect([cache.size, session.released]).toEqual([0, true]);
  });
});
