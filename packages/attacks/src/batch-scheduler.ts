/** How a scheduler reaches the model. */
export interface BatchSchedulerOptions<Input, Output> {
  /** One call of the model: an output for each input, in order. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
  /** Inputs with the same key are the same. */
  readonly key: (input: Input) => string;
  /** What inputs are sorted by, so that those of one batch need little padding. */
  readonly length: (input: Input) => number;
  /** Inputs a call at most. */
  readonly batchSize: number;
}

interface Request<Input, Output> {
  readonly inputs: readonly Input[];
  readonly resolve: (outputs: readonly Output[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gathers what several attacks ask in the same turn of the event loop, removes doubles, sorts by length and calls the
 * model in full batches, one call at a time. What is asked while the model works waits for the next round.
 */
export class BatchScheduler<Input, Output> {
  private waiting: Request<Input, Output>[] = [];
  private busy = false;

  constructor(private readonly options: BatchSchedulerOptions<Input, Output>) {}

  /** Outputs for the inputs, in order; rejects with what the model threw for them, and only for them. */
  request(inputs: readonly Input[]): Promise<readonly Output[]> {
    if (inputs.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.waiting.push({ inputs, resolve, reject });
      if (this.busy) return;
      this.busy = true;
      // A macrotask: every attack that is ready to ask has asked by then.
      setImmediate(() => void this.work());
    });
  }

  private async work(): Promise<void> {
    while (this.waiting.length > 0) {
      const round = this.waiting;
      this.waiting = [];
      await this.serve(round);
      // Those just answered get the chance to ask again before the next round is closed.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.busy = false;
  }

  private async serve(round: readonly Request<Input, Output>[]): Promise<void> {
    try {
      const outputs = await this.compute(round.flatMap((request) => request.inputs));
      let next = 0;
      for (const request of round) request.resolve(outputs.slice(next, (next += request.inputs.length)));
    } catch (error) {
      // Ask again as each would have asked alone: only the guilty one fails, and with the same error as alone.
      if (round.length === 1) round[0]?.reject(error);
      else for (const request of round) await this.serve([request]);
    }
  }

  private async compute(inputs: readonly Input[]): Promise<readonly Output[]> {
    const { key, length, batchSize, run } = this.options;
    const keys = inputs.map(key);
    const distinct = [...new Map(keys.map((k, i) => [k, inputs[i] as Input])).entries()]
      .map(([k, input]) => ({ k, input, length: length(input) }))
      .sort((a, b) => a.length - b.length);
    const byKey = new Map<string, Output>();
    for (let from = 0; from < distinct.length; from += batchSize) {
      const batch = distinct.slice(from, from + batchSize);
      const outputs = await run(batch.map(({ input }) => input));
      if (outputs.length !== batch.length) {
        throw new Error(`A model gave ${outputs.length} outputs for ${batch.length} inputs.`);
      }
      batch.forEach(({ k }, i) => byKey.set(k, outputs[i] as Output));
    }
    return keys.map((k) => byKey.get(k) as Output);
  }
}
