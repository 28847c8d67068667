import { OrtBackend } from '@rose/tfjs-backend-ort';
import * as tf from '@tensorflow/tfjs-core';
import type { PointTask, Repeat } from './protocol.js';
import { createTrainer } from './trainer.js';

/**
 * What the first training step at a new shape costs more than the next one. Every repeat has rows one token longer than
 * the last, a shape that this process has not seen.
 */
export async function compileTask(task: PointTask): Promise<Repeat> {
  const step = await createTrainer(task);
  let length = task.length;
  return async () => {
    const before = engineTimes();
    const first = await step(length);
    const after = engineTimes();
    const warm = await step(length);
    length += 1;
    const ms = first.ms - warm.ms;
    if (!before || !after) return { ms };
    return { ms, traceMs: after.traceMs - before.traceMs, compileMs: after.compileMs - before.compileMs };
  };
}

/** What tracing and compiling have taken so far, where the backend counts it. */
function engineTimes() {
  const backend: unknown = tf.backend();
  return backend instanceof OrtBackend ? backend.stats() : undefined;
}
