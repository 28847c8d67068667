import { type TextColumns, type Victim, VictimError, victimFrom } from '@rose/attacks';
import { labelOrder } from '@rose/attacks/internal';
import { type GivenSettings, InputError, parseSettings } from '@rose/foundation';
import { z } from 'zod';
import { defineVictim } from './victim-kind.js';
import { type Clock, PassingFailure, RateLimit, withBackOff } from './back-off.js';

const settings = z.strictObject({
  headers: z.record(z.string(), z.string()).default({}).describe("Such as { authorization: 'Bearer …' }"),
  batchSize: z.int().min(1).default(32).describe('Texts a request at most'),
  callsAtOnce: z.int().min(1).default(4).describe('Requests under way at once at most'),
  timeout: z.number().positive().default(30).describe('Seconds that an attempt may take'),
  retries: z
    .int()
    .min(0)
    .default(4)
    .describe('Further attempts after a time-out, a broken connection, 408, 425, 429 or 5xx'),
  backOff: z
    .number()
    .min(0)
    .default(0.5)
    .describe('Seconds before the first of them, doubling up to 30; Retry-After is honoured'),
  requestsPerSecond: z.number().positive().exactOptional().describe('Requests a second at most, retries included'),
});

export interface HttpVictimOptions extends GivenSettings<typeof settings> {
  /** Takes a POST of `{"inputs": [["text"], …]}`, or `[["premise", "hypothesis"], …]`; see `httpVictim`. */
  readonly url: string;
  /** The task's labels, in its order; needed where the endpoint answers with labels. */
  readonly taskLabels?: readonly string[];
  /** The endpoint's labels in the task's order, where their names differ. */
  readonly labels?: readonly string[];
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
  const { url, taskLabels, labels, clock, ...given } = options;
  const { headers, timeout, retries, backOff, requestsPerSecond, batchSize, callsAtOnce } = parseSettings(
    settings,
    given,
    { of: 'an HTTP victim' },
  );
  if (!URL.canParse(url)) {
    throw new InputError(`'${url}' is not a URL.`, { option: 'url', hint: 'Give one such as http://host:port/path.' });
  }
  checkHeaders(headers);
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

  const rowsOf = rowReader({ url, ...(taskLabels && { taskLabels }), ...(labels && { labels }) });
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

/** @throws InputError for a name or a value that HTTP does not allow */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  try {
    new Headers(headers);
  } catch (cause) {
    throw new InputError(`HTTP does not allow these headers: ${(cause as Error).message}`, {
      option: 'headers',
      hint: 'Names have letters, digits and dashes; values have no line breaks.',
      cause,
    });
  }
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
function rowReader({ url, taskLabels, labels }: Pick<HttpVictimOptions, 'url' | 'taskLabels' | 'labels'>) {
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

/** An endpoint as a kind of victim. */
export const httpKind = defineVictim({
  name: 'http',
  title: 'An endpoint that takes {"inputs": [["text"], …]} and answers with rows of probabilities or of labels',
  takesLabels: true,
  ownTimeout: true,
  settings,
  recognises: (source) => /^https?:\/\//.test(source),
  open({ source, labels, victimLabels }, chosen) {
    const victim = httpVictim({
      url: source,
      taskLabels: labels,
      ...(victimLabels && { labels: victimLabels }),
      ...chosen,
    });
    // What stands behind a question mark may be a key.
    const { origin, pathname } = new URL(source);
    return Promise.resolve({
      victim,
      description: { kind: 'http', name: `${origin}${pathname}` },
      dispose: () => Promise.resolve(),
    });
  },
});
