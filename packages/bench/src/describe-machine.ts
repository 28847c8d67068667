import os from 'node:os';
import type { BenchOptions } from './suite.js';

/** Prints what the figures were measured on, and whether something else is running there. */
export function describeMachine({ threads, repeats, print }: BenchOptions): void {
  const processor = os.cpus()[0]?.model.trim() ?? 'unknown processor';
  const cores = os.availableParallelism();
  const load = os.loadavg()[0] ?? 0;
  print(`${processor}, ${cores} cores; ${threads} threads, ${repeats} repeats`);
  if (load > cores / 4) print(`This machine is busy (load ${load.toFixed(1)}): what else runs disturbs the figures.`);
}
