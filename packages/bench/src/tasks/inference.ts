import { randomBert } from '@rose/encoders/internal';
import { predict } from '@rose/fine-tuning';
import type { PointTask, Repeat } from './protocol.js';
import { randomRows } from './random-rows.js';

/** Class probabilities of one batch without dropout, as `rose` predicts them. */
export async function inferenceTask(task: PointTask): Promise<Repeat> {
  const model = randomBert({ shape: task.shape, classes: 2, seed: 1 });
  let step = 0;
  return async () => {
    step += 1;
    const { ids, typeIds } = randomRows(task, step).batch;
    const row = (values: Int32Array, at: number) => values.subarray(at * task.length, (at + 1) * task.length);
    const sequences = Array.from({ length: task.batch }, (_, at) => ({ ids: row(ids, at), typeIds: row(typeIds, at) }));
    const start = performance.now();
    await predict(model, sequences, { batchSize: task.batch });
    return { ms: performance.now() - start };
  };
}
