/** How time passes: a test has its own. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  wait(seconds: number): Promise<void>;
}

export const machineClock: Clock = {
  now: () => performance.now(),
  wait: (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds)),
};

/** How often and how patiently something is tried again. */
export interface BackOff {
  /** Attempts beside the first. */
  readonly retries: number;
  /** Seconds before the second attempt; they double with each further one, up to `mostSeconds`. */
  readonly firstSeconds: number;
  readonly mostSeconds: number;
}

/** A failure that may pass. `afterSeconds` is what the other side asks for. */
export class PassingFailure extends Error {
  constructor(
    message: string,
    readonly afterSeconds?: number,
  ) {
    super(message);
    this.name = 'PassingFailure';
  }
}

/** Repeats `attempt` while it throws a PassingFailure; throws the last one, and any other error at once. */
export async function withBackOff<Answer>(
  attempt: () => Promise<Answer>,
  backOff: BackOff,
  clock: Clock = machineClock,
): Promise<Answer> {
  for (let retry = 0; ; retry++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof PassingFailure) || retry === backOff.retries) throw error;
      const own = backOff.firstSeconds * 2 ** retry;
      await clock.wait(Math.min(backOff.mostSeconds, Math.max(own, error.afterSeconds ?? 0)));
    }
  }
}

/** Lets at most `perSecond` pass each second, evenly spaced. */
export class RateLimit {
  private next = 0;

  constructor(
    private readonly perSecond: number,
    private readonly clock: Clock = machineClock,
  ) {}

  async pass(): Promise<void> {
    const now = this.clock.now();
    const turn = Math.max(now, this.next);
    this.next = turn + 1000 / this.perSecond;
    if (turn > now) await this.clock.wait((turn - now) / 1000);
  }
}
