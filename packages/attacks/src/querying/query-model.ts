import { InterruptedError } from '@rose/foundation';
import type { BatchScheduler } from './batch-scheduler.js';
import { LruCache } from './lru-cache.js';
import { keyOfColumns } from '../text/text-columns.js';
import type { TextColumns } from '../text/text-columns.js';

type Row = readonly number[];

/** Characters of text that the cache of one example holds at most (a 40-character sentence 640,000 times over). */
const CACHE_CHARACTERS = 2 ** 26;

/** Texts asked about between two looks at the clock, where there is a time budget. */
const TIMED_TEXTS = 32;

export interface QueryModelOptions {
  /** Shared by all examples that are attacked at the same time. */
  readonly scheduler: BatchScheduler<TextColumns, Row>;
  /** Queries allowed; default without limit. */
  readonly budget?: number;
  /** Seconds allowed from now on; default without limit. The first query is always answered. */
  readonly seconds?: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly cacheCharacters?: number;
}

/**
 * The victim as one attacked example sees it: a bounded cache, two counters and the budget.
 * The cache lives as long as the example (TextAttack clears its own after each, too), so that counts depend on nothing
 * else that is attacked meanwhile.
 */
export class QueryModel {
  private readonly cache: LruCache<Row>;
  private asked = 0;
  private sent = 0;
  private readonly now: () => number;
  private readonly deadline: number;

  constructor(private readonly options: QueryModelOptions) {
    this.cache = new LruCache(options.cacheCharacters ?? CACHE_CHARACTERS);
    this.now = options.now ?? (() => performance.now());
    this.deadline = options.seconds === undefined ? Infinity : this.now() + 1000 * options.seconds;
  }

  /** Texts requested, repeats and cache hits included: TextAttack's `num_queries`. */
  get queries(): number {
    return this.asked;
  }

  /** Texts that no earlier request of this example had answered: what the model was really given. */
  get modelQueries(): number {
    return this.sent;
  }

  /** True once a budget is used up: the search is over, whatever it has found. */
  get exhausted(): boolean {
    return this.left === 0;
  }

  /** Queries that the budgets still allow. */
  private get left(): number {
    if (this.asked > 0 && this.deadline !== Infinity && this.now() >= this.deadline) return 0;
    return Math.max(0, (this.options.budget ?? Infinity) - this.asked);
  }

  /**
   * Probabilities (texts × classes) in order; fewer rows than texts where a budget ends.
   *
   * @throws InterruptedError once the signal is aborted.
   */
  async probabilities(texts: readonly TextColumns[]): Promise<readonly Row[]> {
    if (this.deadline === Infinity) return this.ask(texts);
    // A long text has thousands of words to ask about at once: the clock is looked at in between.
    const rows: Row[] = [];
    for (let from = 0; from < texts.length; from += TIMED_TEXTS) {
      rows.push(...(await this.ask(texts.slice(from, from + TIMED_TEXTS))));
    }
    return rows;
  }

  private async ask(texts: readonly TextColumns[]): Promise<readonly Row[]> {
    if (this.options.signal?.aborted) throw new InterruptedError();
    const allowed = texts.slice(0, this.left);
    this.asked += allowed.length;
    const keys = allowed.map(keyOfColumns);
    const answers = new Map<string, Row>();
    const missing = new Map<string, TextColumns>();
    keys.forEach((key, i) => {
      const known = this.cache.get(key);
      if (known) answers.set(key, known);
      else missing.set(key, allowed[i] as TextColumns);
    });
    this.sent += missing.size;
    const rows = await this.options.scheduler.request([...missing.values()]);
    [...missing.keys()].forEach((key, i) => {
      const row = rows[i] as Row;
      this.cache.set(key, row);
      answers.set(key, row);
    });
    return keys.map((key) => answers.get(key) as Row);
  }
}
