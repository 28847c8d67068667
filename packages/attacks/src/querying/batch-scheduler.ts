import { InterruptedError } from '@rose/foundation';

/** How a scheduler reaches the model. */
export interface BatchSchedulerOptions<Input, Output> {
  /** One call of the model: an output for each input, in order. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  /** Inputs with the same key are the same. */
  readonly key: (input: Input) => string;
  /** What inputs are sorted by, so that those of one batch need little padding. */
  readonly length: (input: Input) => number;
  /** Most inputs in a call. */
  readonly batchSize: number;
  /** Most calls under way at once; default 1. More only help where the model is on another machine. */
  readonly callsAtOnce?: number;
  /** Once aborted, what waits is rejected with an InterruptedError. */
  readonly signal?: AbortSignal;
}

/** Some inputs that one attack wants to know of. */
interface Request<Input, Output> {
  readonly keys: readonly string[];
  /** Without doubles. */
  readonly inputs: ReadonlyMap<string, Input>;
  readonly answers: Map<string, Output>;
  readonly resolve: (outputs: readonly Output[]) => void;
  readonly reject: (error: unknown) => void;
}

/** One input that has not been answered, and who wants to know. */
interface Entry<Input, Output> {
  readonly key: string;
  readonly input: Input;
  readonly length: number;
  /** Counts up: the order in which entries came. */
  readonly arrival: number;
  readonly askers: Set<Request<Input, Output>>;
}

const byLength = (a: { length: number; arrival: number }, b: { length: number; arrival: number }) =>
  a.length - b.length || a.arrival - b.arrival;

/**
 * Where the queries of many attacks meet. Whatever waits is one queue without doubles; a call takes the input that has
 * waited longest and those nearest to it in length, as many as fit in a batch. A request is answered as soon as its last
 * input is, so that its attack can ask again while others still wait: batches stay full to the end.
 */
export class BatchScheduler<Input, Output> {
  /** Everything unanswered, waiting or with the model. */
  private readonly open = new Map<string, Entry<Input, Output>>();
  /** What waits; in order of arrival. */
  private readonly waiting = new Set<Entry<Input, Output>>();
  /** What waits, by length; sorted again once something has come. */
  private sorted: Entry<Input, Output>[] = [];
  private isSorted = true;
  private arrivals = 0;
  private calls = 0;
  private woken = false;

  constructor(private readonly options: BatchSchedulerOptions<Input, Output>) {}

  /** Outputs for the inputs, in order; rejects with what the model would have thrown had only they been asked. */
  request(inputs: readonly Input[]): Promise<readonly Output[]> {
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const keys = inputs.map(this.options.key);
      const distinct = new Map(keys.map((key, i) => [key, inputs[i] as Input]));
      const request = { keys, inputs: distinct, answers: new Map<string, Output>(), resolve, reject };
      for (const [key, input] of distinct) this.entryOf(key, input).askers.add(request);
      this.wake();
    });
  }

  private entryOf(key: string, input: Input): Entry<Input, Output> {
    const known = this.open.get(key);
    if (known) return known;
    const length = this.options.length(input);
    const entry: Entry<Input, Output> = { key, input, length, arrival: this.arrivals++, askers: new Set() };
    this.open.set(key, entry);
    this.waiting.add(entry);
    this.sorted.push(entry);
    this.isSorted = false;
    return entry;
  }

  /** Looks at the queue in a macrotask: every attack that is ready to ask has asked by then. */
  private wake(): void {
    if (this.woken) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.callModel();
    });
  }

  private callModel(): void {
    if (this.options.signal?.aborted) this.abandon();
    while (this.calls < (this.options.callsAtOnce ?? 1) && this.waiting.size > 0) {
      this.calls++;
      void this.serve(this.nextBatch()).finally(() => {
        this.calls--;
        this.wake();
      });
    }
  }

  private nextBatch(): Entry<Input, Output>[] {
    const { batchSize } = this.options;
    if (!this.isSorted) this.sorted.sort(byLength);
    this.isSorted = true;
    const [oldest] = this.waiting;
    const at = oldest ? this.sorted.indexOf(oldest) : 0;
    const batch = this.sorted.splice(Math.max(0, Math.min(at, this.sorted.length - batchSize)), batchSize);
    for (const entry of batch) this.waiting.delete(entry);
    return batch;
  }

  private async serve(batch: readonly Entry<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.run(batch.map(({ input }) => input));
      batch.forEach((entry, i) => {
        this.open.delete(entry.key);
        for (const asker of entry.askers) answer(asker, entry.key, outputs[i] as Output);
      });
    } catch (error) {
      for (const { key } of batch) this.open.delete(key);
      const askers = new Set(batch.flatMap((entry) => [...entry.askers]));
      for (const asker of askers) this.withdraw(asker);
      const [first] = askers;
      // Whoever was alone with the model has had its own error; the others ask again as each would have asked alone.
      if (first && askers.size === 1 && first.inputs.size === batch.length) first.reject(error);
      else for (const asker of askers) await this.serveAlone(asker);
    }
  }

  private async serveAlone({ keys, inputs, resolve, reject }: Request<Input, Output>): Promise<void> {
    const { length, batchSize } = this.options;
    const order = [...inputs].map(([key, input], arrival) => ({ key, input, length: length(input), arrival }));
    order.sort(byLength);
    const answers = new Map<string, Output>();
    try {
      for (let from = 0; from < order.length; from += batchSize) {
        const batch = order.slice(from, from + batchSize);
        const outputs = await this.run(batch.map(({ input }) => input));
        batch.forEach(({ key }, i) => answers.set(key, outputs[i] as Output));
      }
      resolve(keys.map((key) => answers.get(key) as Output));
    } catch (error) {
      reject(error);
    }
  }

  private async run(inputs: readonly Input[]): Promise<readonly Output[]> {
    const outputs = await this.options.run(inputs);
    if (outputs.length === inputs.length) return outputs;
    throw new Error(`A model gave ${outputs.length} outputs for ${inputs.length} inputs.`);
  }

  /** Nothing in the queue is asked for this request any more. */
  private withdraw(request: Request<Input, Output>): void {
    for (const key of request.inputs.keys()) {
      const entry = this.open.get(key);
      entry?.askers.delete(request);
      if (entry && entry.askers.size === 0 && this.waiting.delete(entry)) {
        this.open.delete(key);
        this.sorted = this.sorted.filter((other) => other !== entry);
      }
    }
  }

  private abandon(): void {
    const askers = new Set([...this.waiting].flatMap((entry) => [...entry.askers]));
    for (const asker of askers) {
      this.withdraw(asker);
      asker.reject(new InterruptedError());
    }
  }
}

function answer<Input, Output>(request: Request<Input, Output>, key: string, output: Output): void {
  request.answers.set(key, output);
  if (request.answers.size < request.inputs.size) return;
  request.resolve(request.keys.map((each) => request.answers.get(each) as Output));
}
