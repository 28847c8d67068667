import { InputError, InterruptedError, RandomStream, describeError } from '@rose/foundation';
import type { AttackRecipe } from './attack-recipe.js';
import { AttackedText } from '../text/attacked-text.js';
import { BatchScheduler } from '../querying/batch-scheduler.js';
import { checkRange } from '../querying/check-range.js';
import type { AttackExample, AttackOutcome } from '../text/outcome.js';
import { QueryModel } from '../querying/query-model.js';
import { Slots } from '../querying/slots.js';
import { keyOfColumns, lengthOfColumns } from '../text/text-columns.js';
import type { TextColumns } from '../text/text-columns.js';
import { DEFAULT_BATCH_SIZE, checkedVictim } from '../victim/victim.js';
import type { Victim } from '../victim/victim.js';

export interface RunAttackOptions {
  readonly recipe: AttackRecipe;
  readonly victim: Victim;
  readonly examples: readonly AttackExample[];
  /** Seeds recipes that draw numbers; each example has a stream of its own. */
  readonly seed: number;
  /** Examples attacked at once, default 8. Their queries meet in the same batches. */
  readonly concurrency?: number;
  /** Most texts in a call of the victim; default what suits the victim best, else 32. */
  readonly batchSize?: number;
  /** Most queries per example, the first look included; default without limit (TextAttack `query_budget`). */
  readonly queryBudget?: number;
  /**
   * Most seconds per example; default without limit. Waiting for the queries of others counts, so that outcomes then
   * depend on the machine and on what runs at the same time.
   */
  readonly timeBudget?: number;
  readonly signal?: AbortSignal;
}

/** Outcomes that may wait for an earlier, slower example, as a multiple of `concurrency`. */
const LOOK_AHEAD = 4;

/**
 * Attacks the examples and yields an outcome for each, in their order and as soon as order allows.
 * Outcomes do not depend on `concurrency` or `batchSize`, provided that the victim's rows do not depend on their batch.
 * An example that throws is an outcome of status `error`; the attack goes on.
 *
 * @throws InputError when the request makes no sense (no columns, a frozen column that is not there …).
 * @throws InterruptedError once the signal is aborted.
 */
export async function* runAttack(options: RunAttackOptions): AsyncGenerator<AttackOutcome, void, undefined> {
  const { recipe, examples, seed, concurrency = 8, queryBudget = Infinity, timeBudget } = options;
  const victim = checkedVictim(options.victim);
  const batchSize = options.batchSize ?? victim.batchSize ?? DEFAULT_BATCH_SIZE;
  checkRange('concurrency', concurrency, { from: 1, to: Infinity, whole: true });
  checkRange('batchSize', batchSize, { from: 1, to: Infinity, whole: true });
  if (queryBudget !== Infinity) checkRange('queryBudget', queryBudget, { from: 1, to: Infinity, whole: true });
  if (timeBudget !== undefined) checkRange('timeBudget', timeBudget, { from: 0, to: Infinity });
  examples.forEach(checkColumns);

  // Ends the attacks that are still running when the consumer stops early or an example ends everything.
  const leaving = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, leaving.signal]) : leaving.signal;
  const scheduler = new BatchScheduler<TextColumns, readonly number[]>({
    run: (inputs) => victim.probabilities(inputs),
    key: keyOfColumns,
    length: lengthOfColumns,
    batchSize,
    callsAtOnce: victim.callsAtOnce ?? 1,
    signal,
  });
  const { gradientNorms } = victim;
  const whiteBox = gradientNorms && { gradientNorms };
  const attackOne = async (example: AttackExample): Promise<AttackOutcome> => {
    const model = new QueryModel({
      scheduler,
      budget: queryBudget,
      ...(timeBudget !== undefined && { seconds: timeBudget }),
      signal,
    });
    const random = RandomStream.of(seed, recipe.name, example.id);
    try {
      return await recipe.attack(example, { model, random, ...whiteBox });
    } catch (error) {
      if (error instanceof InputError || error instanceof InterruptedError) throw error;
      return errorOutcome(example, model, error);
    }
  };

  const slots = new Slots(concurrency);
  const ahead: Promise<AttackOutcome>[] = [];
  let next = 0;
  const fill = () => {
    for (; next < examples.length && ahead.length < LOOK_AHEAD * concurrency; next++) {
      const example = examples[next] as AttackExample;
      const outcome = slots.run(() => attackOne(example));
      // A failure is met when its turn comes; until then it must not count as unhandled.
      outcome.catch(() => undefined);
      ahead.push(outcome);
    }
  };
  try {
    for (fill(); ahead.length > 0; fill()) yield await (ahead.shift() as Promise<AttackOutcome>);
  } finally {
    leaving.abort();
  }
}

function checkColumns({ id, texts }: AttackExample): void {
  if (texts.length === 1 || texts.length === 2) return;
  throw new InputError(`The example has ${texts.length} columns of text.`, {
    where: `example ${id}`,
    hint: 'Give one text, or two for a pair.',
  });
}

function errorOutcome(example: AttackExample, model: QueryModel, error: unknown): AttackOutcome {
  return {
    id: example.id,
    status: 'error',
    label: example.label,
    original: { texts: example.texts, probabilities: [], prediction: null },
    perturbedWords: 0,
    totalWords: AttackedText.of(example.texts).words.length,
    queries: model.queries,
    modelQueries: model.modelQueries,
    error: describeError(error),
    replacements: [],
  };
}
