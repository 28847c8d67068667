/** What the cache can hold: anything with resources that must be released. */
export interface Releasable {
  /** Memory that it keeps, in bytes. */
  readonly bytes: number;
  release(): Promise<void>;
}

export interface CacheBounds {
  /** Sessions kept, at least 1. */
  readonly sessions: number;
  /** Bytes that the sessions may keep together. The one used last stays, whatever its size. */
  readonly bytes: number;
}

/** Keeps the sessions that were used last and releases the others. Serves one caller at a time. */
export class SessionCache<Session extends Releasable> {
  /** In order of use, oldest first. */
  private readonly sessions = new Map<string, Session>();
  private held = 0;

  constructor(private readonly bounds: CacheBounds) {}

  get size(): number {
    return this.sessions.size;
  }

  /** Bytes that all sessions keep together. */
  get bytes(): number {
    return this.held;
  }

  /** The session under this key, made if there is none. If that fails, the cache stays as it was. */
  async obtain(key: string, create: () => Promise<Session>): Promise<Session> {
    const known = this.sessions.get(key);
    const session = known ?? (await create());
    if (known === undefined) this.held += session.bytes;
    this.sessions.delete(key);
    this.sessions.set(key, session);
    while (this.sessions.size > 1 && this.isOverfull()) await this.releaseOldest();
    return session;
  }

  /** Releases every session. */
  async clear(): Promise<void> {
    while (this.sessions.size > 0) await this.releaseOldest();
  }

  private isOverfull(): boolean {
    return this.sessions.size > this.bounds.sessions || this.held > this.bounds.bytes;
  }

  private async releaseOldest(): Promise<void> {
    for (const [key, session] of this.sessions) {
      this.sessions.delete(key);
      this.held -= session.bytes;
      await session.release();
      return;
    }
  }
}
