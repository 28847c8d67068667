import { readFileSync } from 'node:fs';
import path from 'node:path';
import { linesOf, readJson, sha256 } from './sweep-bits.js';

/** What must not change about one `rose attack`. */
export interface AttackBits {
  /** The hash of all that the outcomes depend on, as the header states it. */
  readonly settings: string;
  /** SHA-256 of the lines of outcomes.jsonl, the header left out: it may gain fields. */
  readonly outcomes: string;
  readonly metrics: Readonly<Record<string, number | null>>;
}

/** The bits of a finished attack, from the folder of its results. */
export function attackBits(out: string): AttackBits {
  const [header = '', ...outcomes] = linesOf(readFileSync(path.join(out, 'outcomes.jsonl'), 'utf8'));
  const { settings } = JSON.parse(header) as { settings: string };
  const { metrics } = readJson(path.join(out, 'summary.json')) as Pick<AttackBits, 'metrics'>;
  return { settings, outcomes: sha256(outcomes.join('\n')), metrics };
}
