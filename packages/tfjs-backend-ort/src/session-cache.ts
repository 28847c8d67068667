/** What the cache can hold: anything with resources of its own to give back. */
export interface Releasable {
  release(): Promise<void>;
}

/** Keeps the sessions that were used last and releases the others. For one caller at a time. */
export class SessionCache<Session extends Releasable> {
  /** In order of use, oldest first. */
  private readonly sessions = new Map<string, Session>();

  /** @param capacity sessions kept, at least 1 */
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.sessions.size;
  }

  /** The session under this key, made if there is none; a failure to make it leaves the cache as it was. */
  async obtain(key: string, create: () => Promise<Session>): Promise<Session> {
    const session = this.sessions.get(key) ?? (await create());
    this.sessions.delete(key);
    this.sessions.set(key, session);
    await this.evictTo(this.capacity);
    return session;
  }

  /** Releases every session. */
  async clear(): Promise<void> {
    await this.evictTo(0);
  }

  private async evictTo(count: number): Promise<void> {
    for (const [key, session] of this.sessions) {
      if (this.sessions.size <= count) return;
      this.sessions.delete(key);
      await session.release();
    }
  }
}
