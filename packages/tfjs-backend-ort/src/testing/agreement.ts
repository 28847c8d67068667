import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** A tensor that has been read: nothing of a backend is left in it. */
export interface Reading {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly elements: readonly number[];
}

export type Computation = () => tf.Tensor | tf.Tensor[];

/** Computes under the named backend and reads what comes out. */
export async function readUnder(backendName: string, compute: Computation): Promise<Reading[]> {
  await tf.setBackend(backendName);
  const tensors = [tf.tidy(compute)].flat();
  const readings: Reading[] = [];
  for (const tensor of tensors) {
    readings.push({ shape: tensor.shape, dtype: tensor.dtype, elements: Array.from(await tensor.data()) });
  }
  tf.dispose(tensors);
  return readings;
}

/** Expects the same shapes and types from `ort` as from `cpu`, and elements that differ by little. */
export async function expectAgreement(compute: Computation, tolerance = 1e-5): Promise<void> {
  const expected = await readUnder('cpu', compute);
  const actual = await readUnder('ort', compute);
  expect(actual.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    expected.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  expected.forEach((reading, index) => {
    expectClose(actual[index]?.elements ?? [], reading.elements, tolerance);
  });
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(actual).toHaveLength(expected.length);
  const wrong = expected.findIndex((want, index) => !close(actual[index] ?? NaN, want, tolerance));
  if (wrong >= 0) expect.fail(`element ${wrong} is ${actual[wrong]}, not ${expected[wrong]}`);
}

function close(actual: number, expected: number, tolerance: number): boolean {
  if (Object.is(actual, expected) || actual === expected) return true;
  return Math.abs(actual - expected) <= tolerance * (1 + Math.abs(expected));
}
