import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerOrtBackend } from '../register.js';
import { expectAgreement } from '../testing/agreement.js';
import { floats } from '../testing/random-tensor.js';

beforeAll(() => {
  registerOrtBackend();
});

describe('multinomial', () => {
  const draw = (logits: tf.Tensor2D): tf.Tensor => tf.multinomial(logits, 200, 7);

  it('draws what the cpu backend draws for the seed', async () => {
    await expectAgreement(() => draw(floats([3, 5]) as tf.Tensor2D));
    await expectAgreement(() => tf.multinomial(tf.tensor1d([0.1, 0.2, 0.3, 0.4]), 200, 3, true));
  });

  it('draws what is certain, and never what cannot be', async () => {
    await tf.setBackend('ort');
    const certain = await tf.multinomial(tf.tensor1d([0, 1, 0]), 100, 5, true).data();
    expect(new Set(certain)).toEqual(new Set([1]));
  });

  it('leaves no tensor behind', async () => {
    await tf.setBackend('ort');
    const before = tf.memory().numTensors;
    tf.dispose(tf.tidy(() => draw(floats([2, 3]) as tf.Tensor2D)));
    expect(tf.memory().numTensors).toBe(before);
  });
});
