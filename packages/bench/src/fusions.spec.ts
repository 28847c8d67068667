import { vanilla } from '@rose/baselines';
import { deriveGradients, randomBert } from '@rose/encoders/internal';
import { StepContext } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import type { OrtBackend } from '@rose/tfjs-backend-ort';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { startBackend } from '@rose/backends';
import { type Fusion, findFusion, fusions } from './fusions.js';
import { findShape } from './tasks/models.js';
import { randomRows } from './tasks/random-rows.js';

/**
 * The first vanilla step of a tiny encoder, with dropout, on a backend of its own: the loss, every gradient, and one
 * sum of squares.
 */
async function firstStep({ kernels, gradients }: Fusion): Promise<Map<string, Float32Array>> {
  deriveGradients(gradients ?? []);
  await startBackend({ name: 'ort', threads: 1, ...(kernels && { without: kernels }) });
  const shape = { max_position_embeddings: 64, type_vocab_size: 2, ...findShape('tiny') };
  const model = randomBert({ shape, classes: 2, seed: 1 });
  const context = new StepContext({ model, ...randomRows({ shape, batch: 4, length: 8 }, 1), seed: 1, step: 1 });
  const { loss, gradients: found } = await vanilla.create().gradients(context);
  const square = tf.sum(tf.square(found.get('classifier.weight') as tf.Tensor));
  const tensors = new Map<string, tf.Tensor>([['loss', loss], ['square', square], ...found]);
  await (tf.backend() as OrtBackend).evaluate([...tensors.values()]);
  const values = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) values.set(name, (await tensor.data()) as Float32Array);
  context.dispose();
  model.dispose();
  deriveGradients([]);
  tf.removeBackend('ort');
  return values;
}

const norm = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Softmax does not see a shift of all scores: these are rounding, and smaller than any other. */
const isZeroInTheory = (parameter: string): boolean => parameter.endsWith('.key.bias');

it.each([...fusions.keys()])('a step without %s has the same loss and gradients', async (name) => {
  const [usual, without] = [await firstStep({}), await firstStep(findFusion(name))];
  expect([...without.keys()]).toEqual([...usual.keys()]);
  expect(without.size).toBeGreaterThan(30);
  for (const [tensor, expected] of usual) {
    const difference = norm(expected.map((value, at) => value - (without.get(tensor)?.[at] ?? NaN)));
    expect(difference, tensor).toBeLessThan(isZeroInTheory(tensor) ? 1e-7 : 1e-5 * norm(expected));
  }
});

it('findFusion knows the kernels of the backend and the written-out gradients', () => {
  expect(findFusion('gelu')).toEqual({ kernels: ['gelu'] });
  expect(findFusion('gelu-gradient')).toEqual({ gradients: ['gelu'] });
  expect(() => findFusion('gleu')).toThrow(InputError);
});
