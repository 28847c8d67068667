import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ArrayPool } from './array-pool.js';
import { LOG_FATAL_ONLY } from '../graph/constants.js';
import { SessionError } from '../graph/errors.js';
import { explainFailure } from './explain-failure.js';
import { type Value, sizeOf } from '../graph/graph-node.js';
import { type HostArray, type HostType, emptyHostArray } from '../graph/host-array.js';
import { encodeModel, slotName } from './onnx-model.js';
import { type RowSum, RowSums, rowSumOf } from './row-sum.js';
import { type Releasable, SessionCache } from './session-cache.js';
import { type Trace, traceGraph } from '../graph/trace.js';
import { isUnreadOutput, unreadFetch } from './unread-output.js';
import { workingMemory } from './working-memory.js';

export interface EvaluatorOptions {
  /** Threads inside one operator. */
  readonly threads: number;
  /** Compiled graphs kept; the least recently used are released. */
  readonly maxSessions: number;
  /** Bytes that they may keep together, about. */
  readonly sessionMemory: number;
  /** ONNX Runtime execution providers in order of preference. */
  readonly executionProviders: readonly string[];
}

/** What the evaluator holds now, and what it has cost so far; times in milliseconds. */
export interface EvaluatorStats {
  /** Compiled graphs held now. */
  readonly sessions: number;
  /** Bytes that these keep between their runs, estimated from their graphs. */
  readonly sessionBytes: number;
  /** Bytes of the arrays that were given back or lent and wait for a result. */
  readonly pooledBytes: number;
  readonly compilations: number;
  readonly runs: number;
  readonly traceMs: number;
  readonly compileMs: number;
  readonly runMs: number;
  /** The graph that ran last: its operations, equal ones counted once, and the arrays that were fed. */
  readonly lastGraph: { readonly nodes: number; readonly leaves: number };
}

interface Compiled extends Releasable {
  readonly session: InferenceSession;
}

/** Turns recorded values into host values: it traces the graph, compiles it unless it is known, and runs it. */
export class Evaluator {
  private readonly sessions: SessionCache<Compiled>;
  private readonly arrays = new ArrayPool();
  private readonly rowSums = new RowSums(this.arrays);
  private readonly counters = { compilations: 0, runs: 0, traceMs: 0, compileMs: 0, runMs: 0 };
  private lastGraph = { nodes: 0, leaves: 0 };
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly options: EvaluatorOptions) {
    this.sessions = new SessionCache({ sessions: options.maxSessions, bytes: options.sessionMemory });
  }

  /**
   * Computes the values in one run. Evaluations run one at a time, in the order they were asked for. So each finds on the
   * host what the ones before it computed, and no session is released while it runs.
   */
  evaluate(values: readonly Value[]): Promise<void> {
    return this.inTurn(() => this.run(values));
  }

  /** Releases every session once the evaluations under way are done. */
  release(): Promise<void> {
    this.arrays.clear();
    return this.inTurn(() => this.sessions.clear());
  }

  /** Frees the array of a computed value for later results. The value is lost. */
  recycle(value: Value): void {
    if (value.origin.kind !== 'host') return;
    this.arrays.give(value.origin.array, value.dtype as HostType);
    value.origin = { kind: 'recycled' };
  }

  /** Has later results of these lengths computed into these arrays. */
  lend(arrays: readonly Float32Array[]): void {
    for (const array of arrays) this.arrays.lend(array, 'float32');
  }

  stats(): EvaluatorStats {
    return {
      ...this.counters,
      sessions: this.sessions.size,
      sessionBytes: this.sessions.bytes,
      pooledBytes: this.arrays.bytes,
      lastGraph: this.lastGraph,
    };
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async run(values: readonly Value[]): Promise<void> {
    const pending = [...new Set(values)].filter((value) => value.origin.kind === 'computed');
    const targets = pending.filter((value) => !settleIfEmpty(value)).map(toTarget);
    if (targets.length === 0) return;
    const computed = targets.map(({ value, sum }) => sum?.rows ?? value);

    const traceStart = performance.now();
    const trace = traceGraph(computed);
    this.counters.traceMs += performance.now() - traceStart;

    const { session } = await this.sessions.obtain(trace.key, () => this.compile(trace, computed));
    const start = performance.now();
    const fetches = this.fetchesOf(trace, computed);
    await session.run(feedsOf(trace), { ...unreadFetch, ...tensorsOf(fetches) }).catch((cause: unknown) => {
      if (isUnreadOutput(cause)) return;
      throw new SessionError(`ONNX Runtime could not run the graph: ${explainFailure(cause, trace)}`, { cause });
    });
    this.settle(targets, trace, fetches);
    this.counters.runs++;
    this.counters.runMs += performance.now() - start;
    this.lastGraph = { nodes: trace.nodes.length, leaves: trace.leaves.length };
  }

  /** Where each value is to be written to, by slot. */
  private fetchesOf(trace: Trace, values: readonly Value[]): Map<number, Fetch> {
    const fetches = new Map<number, Fetch>();
    values.forEach((value, index) => {
      const slot = trace.targets[index] as number;
      if (fetches.has(slot)) return;
      const array = this.arrays.take(sizeOf(value.shape), value.dtype as HostType);
      this.rowSums.forget(array);
      fetches.set(slot, { value, array });
    });
    return fetches;
  }

  /** Gives each target an array of its own, also where two targets are one computation. */
  private settle(targets: readonly Target[], trace: Trace, fetches: ReadonlyMap<number, Fetch>): void {
    const unowned = new Map(fetches);
    targets.forEach(({ value, sum }, index) => {
      const slot = trace.targets[index] as number;
      const { array } = fetches.get(slot) as Fetch;
      if (sum) value.origin = { kind: 'host', array: this.rowSums.compute(sum, array, sizeOf(value.shape)) };
      else value.origin = { kind: 'host', array: unowned.delete(slot) ? array : array.slice() };
    });
    for (const { value, array } of unowned.values()) this.arrays.give(array, value.dtype as HostType);
  }

  private async compile(trace: Trace, targets: readonly Value[]): Promise<Compiled> {
    const start = performance.now();
    const { threads, executionProviders } = this.options;
    const session = await InferenceSession.create(encodeModel(trace, targets), {
      executionProviders: [...executionProviders],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // With it each shape gets a block beside the arena that the first run filled: twice the memory, and no faster.
      enableMemPattern: false,
      logSeverityLevel: LOG_FATAL_ONLY,
    }).catch((cause: unknown) => {
      throw new SessionError(`ONNX Runtime could not compile the graph: ${explainFailure(cause, trace)}`, { cause });
    });
    this.counters.compilations++;
    this.counters.compileMs += performance.now() - start;
    return { session, bytes: workingMemory(trace), release: () => session.release() };
  }
}

/** A value that was asked for. For a sum of rows the graph computes only the rows. */
interface Target {
  readonly value: Value;
  readonly sum: RowSum | undefined;
}

const toTarget = (value: Value): Target => ({ value, sum: rowSumOf(value) });

interface Fetch {
  /** The first value with this slot. */
  readonly value: Value;
  readonly array: HostArray;
}

function tensorsOf(fetches: ReadonlyMap<number, Fetch>): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = {};
  for (const [slot, { value, array }] of fetches) tensors[slotName(slot)] = toOrtTensor(value, array);
  return tensors;
}

function feedsOf(trace: Trace): Record<string, Tensor> {
  const feeds: Record<string, Tensor> = {};
  for (const { slot, content } of trace.leaves) {
    if (content.origin.kind === 'host') feeds[slotName(slot)] = toOrtTensor(content, content.origin.array);
  }
  return feeds;
}

/** The tensor reads the array where it lies. */
function toOrtTensor({ shape, dtype }: Value, array: HostArray): Tensor {
  return new Tensor(dtype as 'float32', array as Float32Array, shape);
}

/** Nothing needs to be run for a tensor without elements, and many operators refuse to. */
function settleIfEmpty(value: Value): boolean {
  if (sizeOf(value.shape) > 0) return false;
  value.origin = { kind: 'host', array: emptyHostArray(0, value.dtype as HostType) };
  return true;
}
