import { InputError } from '@rose/foundation';
import { labelOrder } from '../label-order.js';
import { checkRange } from '../check-range.js';
import type { TextColumns } from '../text-columns.js';
import { DEFAULT_BATCH_SIZE, VictimError, victimFrom } from '../victim.js';
import type { Victim } from '../victim.js';
import { PassingFailure, RateLimit, withBackOff } from './back-off.js';
import type { Clock } from './back-off.js';

export interface HttpVictimOptions {
  /** Takes a POST of `{"inputs": [["text"], …]}`, or `[["premise", "hypothesis"], …]`; see `httpVictim`. */
  readonly url: string;
  /** The task's labels, in its order; needed where the endpoint answers with labels. */
  readonly taskLabels?: readonly string[];
  /** The endpoint's labels in the task's order, where their names differ. */
  readonly labels?: readonly string[];
  /** Such as `{ authorization: 'Bearer …' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Most texts in a request; default 32. */
  readonly batchSize?: number;
  /** Most requests under way at once; default 4. */
  readonly callsAtOnce?: number;
  /** Seconds an attempt may take, default 30. */
  readonly timeout?: number;
  /** Further attempts after a time-out, a broken connection, 408, 425, 429 or 5xx; default 4. */
  readonly retries?: number;
  /** Seconds before the first of them, doubling up to 30; default 0.5. `Retry-After` is honoured. */
  readonly backOff?: number;
  /** Most requests per second, retries included; default without limit. */
  readonly requestsPerSecond?: number;
  /** What waits go by; default the machine's clock. */
  readonly clock?: Clock;
}

const PASSING = new Set([408, 425, 429]);
const MOST_SECONDS = 30;

/** The start of an answer, for messages. */
const excerpt = (text: string) => JSON.stringify(text.slice(0, 120));

/**
 * A classifier behind HTTP. It is sent `{"inputs": [[text], …]}`, each input a list of one text or of a pair, and answers
 * with rows in the same order: `[[0.1, 0.9], …]` (probabilities in the task's order), or `[[{"label": …, "score": …}, …], …]`
 * with every class in any order, as Hugging Face's text-embeddings-inference does; either also as `{"probabilities": …}`.
 *
 * @throws InputError for options out of range; from `probabilities`, VictimError for what it cannot answer.
 */
export function httpVictim(options: HttpVictimOptions): Victim {
  const { url, headers, timeout = 30, retries = 4, backOff = 0.5, requestsPerSecond, clock } = options;
  const { batchSize = DEFAULT_BATCH_SIZE, callsAtOnce = 4 } = options;
  checkRange('batchSize', batchSize, { from: 1, to: Infinity, whole: true });
  checkRange('callsAtOnce', callsAtOnce, { from: 1, to: Infinity, whole: true });
  checkRange('timeout', timeout, { from: Number.MIN_VALUE, to: Infinity });
  checkRange('retries', retries, { from: 0, to: Infinity, whole: true });
  checkRange('backOff', backOff, { from: 0, to: Infinity });
  if (requestsPerSecond !== undefined) {
    checkRange('requestsPerSecond', requestsPerSecond, { from: Number.MIN_VALUE, to: Infinity });
  }
  if (!URL.canParse(url))
    throw new InputError(`'${url}' is not a URL.`, { option: 'url', hint: 'Give one such as http://host:port/path.' });
  const limit = requestsPerSecond === undefined ? undefined : new RateLimit(requestsPerSecond, clock);

  async function post(inputs: readonly TextColumns[]): Promise<string> {
    await limit?.pass();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ inputs }),
      signal: AbortSignal.timeout(1000 * timeout),
    }).catch((error: unknown) => {
      throw new PassingFailure(failureOf(error, timeout));
    });
    const text = await response.text().catch((error: unknown) => {
      throw new PassingFailure(failureOf(error, timeout));
    });
    if (response.ok) return text;
    const message = `answered with status ${response.status}: ${excerpt(text)}`;
    if (!PASSING.has(response.status) && response.status < 500) throw new VictimError(`${url} ${message}`);
    throw new PassingFailure(message, retryAfter(response.headers.get('retry-after')));
  }

  const rowsOf = rowReader(options);
  const victim = victimFrom(url, async (inputs) => {
    const patience = { retries, firstSeconds: backOff, mostSeconds: MOST_SECONDS };
    const text = await withBackOff(() => post(inputs), patience, clock).catch((error: unknown) => {
      if (!(error instanceof PassingFailure)) throw error;
      throw new VictimError(`${url} ${error.message} (${retries + 1} attempts).`);
    });
    return rowsOf(parse(text, url));
  });
  return { ...victim, batchSize, callsAtOnce };
}

function failureOf(error: unknown, timeout: number): string {
  if ((error as Error).name === 'TimeoutError') return `did not answer within ${timeout} s`;
  const { cause } = error as { cause?: Partial<NodeJS.ErrnoException> };
  return `cannot be reached: ${cause?.code ?? cause?.message ?? (error as Error).message}`;
}

/** Seconds, as `Retry-After` says; its other form, a date, is left to our own patience. */
function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

function parse(text: string, url: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new VictimError(`${url} did not answer with JSON: ${excerpt(text)}`);
  }
}

interface Scored {
  readonly label: string;
  readonly score: number;
}

const isScored = (value: unknown): value is Scored =>
  typeof value === 'object' && value !== null && 'label' in value && 'score' in value;

/** Rows of probabilities in the task's order from either form of answer; the checks of `victimFrom` see to the rest. */
function rowReader({ url, taskLabels, labels }: HttpVictimOptions) {
  const orders = new Map<string, readonly number[]>();
  const orderOf = (names: readonly string[]) => {
    if (!taskLabels) throw new VictimError(`${url} answers with labels, and those of the task are not known.`);
    const key = names.join('\n');
    const order = orders.get(key) ?? labelOrder({ victimLabels: names, taskLabels, labels });
    orders.set(key, order);
    return order;
  };
  const rowOf = (row: unknown): number[] => {
    if (!Array.isArray(row) || !row.every(isScored)) return row as number[];
    // Classes come sorted by score: their names decide.
    const sorted = [...row].sort((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true }));
    return orderOf(sorted.map(({ label }) => label)).map((column) => sorted[column]?.score ?? NaN);
  };
  return (answer: unknown): number[][] => {
    const rows = (answer as { probabilities?: unknown } | null)?.probabilities ?? answer;
    if (Array.isArray(rows)) return rows.map(rowOf);
    throw new VictimError(`${url} answered without rows of probabilities: ${excerpt(JSON.stringify(answer))}`);
  };
}
