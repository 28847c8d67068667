import { InputError, describeError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { findBackend, startBackend } from '@rose/backends';
import { smallStep } from './small-step.js';

/** What is to be said of a backend. */
export interface Examination {
  readonly usable: boolean;
  /** How well it computes, or why it does not; several lines where there is something to be done. */
  readonly findings: string;
}

/** Far above what rounding does to float32, also where a GPU rounds factors to 10 bits (TF32); far below a wrong result. */
const tolerance = 1e-2;

/**
 * Makes a backend the one of this process and lets it take a training step of a very small BERT. What comes out is
 * compared to tfjs in plain JavaScript.
 */
export async function examineBackend(name: string): Promise<Examination> {
  try {
    await tf.setBackend('cpu');
    const expected = await smallStep();
    await startBackend({ name, threads: 1 });
    const error = relativeError(await smallStep(), expected);
    const findings = [
      findBackend(name).library?.(),
      `gradients differ from plain JavaScript by ${error === 0 ? 'nothing' : error.toExponential(0)}`,
      fallbacks(tf.backend()),
    ];
    return { usable: error < tolerance, findings: findings.filter(Boolean).join(', ') };
  } catch (error) {
    return { usable: false, findings: explain(error) };
  }
}

/** ‖actual − expected‖₂ / ‖expected‖₂ over everything; NaN if anything is missing or is NaN. */
export function relativeError(
  actual: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
): number {
  let [difference, whole] = [0, 0];
  for (const [name, values] of expected) {
    const others = actual.get(name);
    for (const [i, value] of values.entries()) {
      difference += (value - (others?.[i] ?? Number.NaN)) ** 2;
      whole += value ** 2;
    }
  }
  return Math.sqrt(difference / whole);
}

/** Message and next step; the place is the backend that was asked for. */
const explain = (error: unknown): string =>
  error instanceof InputError ? [error.message, error.hint].filter(Boolean).join('\n') : describeError(error);

/** A backend that hands operators it lacks to tfjs's plain kernels counts how often. */
export function fallbacks(backend: unknown): string {
  const { stats } = backend as { stats?: () => { readonly fallbacks?: unknown } };
  const count = typeof stats === 'function' ? stats.call(backend).fallbacks : undefined;
  return typeof count === 'number' ? `${count} operators fell back to plain JavaScript` : '';
}
