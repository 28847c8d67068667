import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Frees every object that nothing can reach any more. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What a WeakRef has been asked for stays until the running job ends.
  await setImmediate();
  collect();
  // The memory of arrays is freed beside the program; a second time waits until that of the first is done.
  collect();
}
