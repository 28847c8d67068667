import { createInterface } from 'node:readline';
import { deriveGradients } from '@rose/encoders/internal';
import { describeError } from '@rose/foundation';
import { startBackend } from '@rose/backends';
import { versionOf } from '@rose/experiments/internal';
import { findFusion } from './fusions.js';
import { type RoundAnswer, type Timing, roundSchema, taskSchema } from './tasks/protocol.js';
import { prepareTask } from './tasks/index.js';

export interface ServeOptions {
  readonly backend: string;
  readonly input: NodeJS.ReadableStream;
  readonly answer: (line: string) => void;
}

/** The measured side of the protocol: prepares one task, then answers rounds until its input ends. */
export async function serve({ backend, input, answer }: ServeOptions): Promise<boolean> {
  const lines = createInterface({ input })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    return done ? undefined : JSON.parse(value);
  };
  const reply = (value: object) => answer(`${JSON.stringify(value)}\n`);
  try {
    const task = taskSchema.parse(await next());
    const without = task.bench === 'train' && task.without !== undefined ? findFusion(task.without) : {};
    deriveGradients(without.gradients ?? []);
    await startBackend({
      name: backend,
      threads: task.threads,
      ...(without.kernels && { without: without.kernels }),
    });
    const repeat = await prepareTask(task);
    reply({ ready: `rose on ${backend}, onnxruntime-node ${versionOf('onnxruntime-node')}` });
    for (let line = await next(); line !== undefined; line = await next()) {
      const { warmup, repeats } = roundSchema.parse(line);
      for (let i = 0; i < warmup; i++) await repeat();
      const timings: Timing[] = [];
      for (let i = 0; i < repeats; i++) timings.push(await repeat());
      reply({ repeats: timings, peakRssMiB: process.resourceUsage().maxRSS / 1024 } satisfies RoundAnswer);
    }
    return true;
  } catch (error) {
    reply({ error: describeError(error) });
    return false;
  }
}
