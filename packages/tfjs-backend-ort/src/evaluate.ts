import { InferenceSession, Tensor } from 'onnxruntime-node';
import { LOG_FATAL_ONLY } from './constants.js';
import { SessionError } from './errors.js';
import { explainFailure } from './explain-failure.js';
import { type Value, sizeOf } from './graph-node.js';
import { type HostArray, emptyHostArray, toHostType } from './host-array.js';
import { encodeModel, slotName } from './onnx-model.js';
import { SessionCache } from './session-cache.js';
import { type Trace, traceGraph } from './trace.js';

export interface EvaluatorOptions {
  /** Threads inside one operator. */
  readonly threads: number;
  /** Compiled graphs kept; the least recently used are released. */
  readonly maxSessions: number;
  /** ONNX Runtime execution providers in order of preference. */
  readonly executionProviders: readonly string[];
}

/** What evaluating has cost so far; times in milliseconds. */
export interface EvaluatorStats {
  /** Compiled graphs held now. */
  readonly sessions: number;
  readonly compilations: number;
  readonly runs: number;
  readonly traceMs: number;
  readonly compileMs: number;
  readonly runMs: number;
  /** Of the graph that ran last: operations after merging equal ones, and arrays fed. */
  readonly lastGraph: { readonly nodes: number; readonly leaves: number };
}

/** Turns recorded values into host values: traces, compiles unless it has done so before, runs. */
export class Evaluator {
  private readonly sessions: SessionCache<InferenceSession>;
  private readonly counters = { compilations: 0, runs: 0, traceMs: 0, compileMs: 0, runMs: 0 };
  private lastGraph = { nodes: 0, leaves: 0 };
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly options: EvaluatorOptions) {
    this.sessions = new SessionCache(options.maxSessions);
  }

  /**
   * Computes the values in one run. Evaluations follow one another in the order asked for, so that what one has
   * computed the next finds on the host, and no session is released while it runs.
   */
  evaluate(values: readonly Value[]): Promise<void> {
    return this.inTurn(() => this.run(values));
  }

  /** Releases every session once the evaluations under way are done. */
  release(): Promise<void> {
    return this.inTurn(() => this.sessions.clear());
  }

  stats(): EvaluatorStats {
    return { ...this.counters, sessions: this.sessions.size, lastGraph: this.lastGraph };
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.queue.then(work);
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async run(values: readonly Value[]): Promise<void> {
    const pending = [...new Set(values)].filter((value) => value.origin.kind === 'computed');
    const targets = pending.filter((value) => !settleIfEmpty(value));
    if (targets.length === 0) return;

    const traceStart = performance.now();
    const trace = traceGraph(targets);
    this.counters.traceMs += performance.now() - traceStart;

    const session = await this.sessions.obtain(trace.key, () => this.compile(trace, targets));
    const start = performance.now();
    const outputs = await session.run(feedsOf(trace)).catch((cause: unknown) => {
      throw new SessionError(`ONNX Runtime could not run the graph: ${explainFailure(cause, trace)}`, { cause });
    });
    settle(targets, trace, outputs);
    this.counters.runs++;
    this.counters.runMs += performance.now() - start;
    this.lastGraph = { nodes: trace.nodes.length, leaves: trace.leaves.length };
  }

  private async compile(trace: Trace, targets: readonly Value[]): Promise<InferenceSession> {
    const start = performance.now();
    const { threads, executionProviders } = this.options;
    const session = await InferenceSession.create(encodeModel(trace, targets), {
      executionProviders: [...executionProviders],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      // A planned block for each shape comes on top of the arena that the first run has filled: twice the memory, no faster.
      enableMemPattern: false,
      logSeverityLevel: LOG_FATAL_ONLY,
    }).catch((cause: unknown) => {
      throw new SessionError(`ONNX Runtime could not compile the graph: ${explainFailure(cause, trace)}`, { cause });
    });
    this.counters.compilations++;
    this.counters.compileMs += performance.now() - start;
    return session;
  }
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
  value.origin = { kind: 'host', array: emptyHostArray(0, toHostType(value.dtype as 'float32')) };
  return true;
}

/** Gives each target its own array, also where two targets turned out to be one computation. */
function settle(targets: readonly Value[], trace: Trace, outputs: InferenceSession.ReturnType): void {
  const given = new Set<number>();
  targets.forEach((value, index) => {
    const slot = trace.targets[index] ?? -1;
    const array = outputs[slotName(slot)]?.data as HostArray;
    value.origin = { kind: 'host', array: given.has(slot) ? array.slice() : array };
    given.add(slot);
  });
}
