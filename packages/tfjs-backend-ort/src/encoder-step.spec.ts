import '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OrtBackend } from './backend/backend.js';
import { registerOrtBackend } from './register.js';
import { encoderStep } from './testing/small-encoder.js';

const TOLERANCE = 1e-4;

type Step = Awaited<ReturnType<typeof encoderStep>>;

describe('values and gradients of a two-layer encoder step with dropout agree with the cpu backend', () => {
  let backend: OrtBackend;
  let expected: Step;
  let actual: Step;

  beforeAll(async () => {
    // Before our backend is registered, so that every gradient rule is still TensorFlow.js's own.
    await tf.setBackend('cpu');
    expected = await encoderStep();
    backend = registerOrtBackend();
    await tf.setBackend('ort');
    actual = await encoderStep();
  });

  it('the loss', () => {
    expect(Number.isFinite(expected.loss)).toBe(true);
    expect(Math.abs(actual.loss - expected.loss) / expected.loss).toBeLessThan(TOLERANCE);
  });

  it('the gradient of every parameter', () => {
    expect([...actual.gradients.keys()]).toEqual([...expected.gradients.keys()]);
    // 2 embeddings; 16 weights and biases a layer; 3 normalisations more; pooler and classifier.
    expect(actual.gradients.size).toBe(40);
    const comparable = [...expected.gradients].filter(([name]) => !isZeroInTheory(name));
    expect(comparable).toHaveLength(38);
    const errors = comparable.map(([name, gradient]) => {
      return { name, error: relativeError(actual.gradients.get(name) ?? new Float32Array(0), gradient) };
    });
    expect(errors.filter(({ error }) => !(error < TOLERANCE))).toEqual([]);
  });

  it('the gradient of a key bias, 0 in theory (softmax does not see a shift of all scores), is rounding in both', () => {
    for (const { gradients } of [expected, actual]) {
      const norms = [...gradients].filter(([name]) => isZeroInTheory(name)).map(([, gradient]) => norm(gradient));
      expect(Math.max(...norms)).toBeLessThan(1e-6);
    }
  });

  it('leaves no tensor behind', async () => {
    const before = backend.numDataIds();
    await encoderStep();
    expect(backend.numDataIds()).toBe(before);
  });
});

function isZeroInTheory(parameter: string): boolean {
  return parameter.endsWith('.key.bias');
}

/** ‖actual − expected‖ / ‖expected‖. */
function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  const difference = norm(expected.map((value, index) => value - (actual[index] ?? NaN)));
  return difference / norm(expected);
}

function norm(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
