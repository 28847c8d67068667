import { VictimError } from './victim.js';
import type { Victim } from './victim.js';

/** What a victim has been asked so far. */
export interface VictimUsage {
  /** Calls of `probabilities`, and the texts in them: what the model really saw, over all examples. */
  readonly calls: number;
  readonly texts: number;
  /** Seconds during which at least one call was under way, gradients included. */
  readonly seconds: number;
}

/** The same victim, and a meter of what it is asked; `now` gives milliseconds. */
export function meteredVictim(
  victim: Victim,
  now: () => number = () => performance.now(),
): { victim: Victim; usage: () => VictimUsage } {
  let [calls, texts, milliseconds, underWay, since] = [0, 0, 0, 0, 0];
  async function measured<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    if (underWay++ === 0) since = now();
    try {
      return await call();
    } finally {
      if (--underWay === 0) milliseconds += now() - since;
    }
  }
  const { gradientNorms } = victim;
  return {
    victim: {
      ...victim,
      probabilities(inputs) {
        calls++;
        texts += inputs.length;
        return measured(() => victim.probabilities(inputs));
      },
      ...(gradientNorms && {
        gradientNorms: (...asked: Parameters<typeof gradientNorms>) =>
          measured(() => gradientNorms.apply(victim, asked)),
      }),
    },
    usage: () => ({ calls, texts, seconds: (milliseconds + (underWay > 0 ? now() - since : 0)) / 1000 }),
  };
}

/**
 * The same victim, given up when a call takes longer than `seconds`: the call rejects with a VictimError, and what it
 * answers later is forgotten. A victim that blocks the thread cannot be interrupted, only found guilty afterwards.
 */
export function timeLimitedVictim(victim: Victim, seconds: number): Victim {
  async function limited<Answer>(call: Promise<Answer>): Promise<Answer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new VictimError(`Victim "${victim.name}" did not answer within ${seconds} s.`);
      timer = setTimeout(() => reject(error), 1000 * seconds);
    });
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  }
  const { gradientNorms } = victim;
  return {
    ...victim,
    probabilities: (inputs) => limited(victim.probabilities(inputs)),
    ...(gradientNorms && {
      gradientNorms: (...asked: Parameters<typeof gradientNorms>) => limited(gradientNorms.apply(victim, asked)),
    }),
  };
}
