import type { PointTask } from './protocol.js';
import type { Repeat } from './repeat.js';
import { createTrainer } from './trainer.js';

/** Whole training steps, and the optimizer's part of them. */
export async function trainTask(task: PointTask): Promise<Repeat> {
  const step = await createTrainer(task);
  return () => step();
}
