import { findMethod } from './find-method.js';
import type { MethodTask } from './protocol.js';
import type { Repeat } from './repeat.js';
import { createTrainer } from './trainer.js';

/** Whole training steps of one variant, all of them masked. */
export async function methodTask({ variant, shape, batch, length }: MethodTask): Promise<Repeat> {
  const step = await createTrainer({ shape, batch, length }, findMethod(variant));
  return () => step();
}
