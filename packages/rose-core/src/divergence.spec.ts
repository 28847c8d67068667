import { crossEntropy } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dropoutDivergence } from './divergence.js';
import { secondOrderScore } from './saliency.js';

describe('losses and scores against the oracle vectors', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const a = () =>
    tf.tensor2d([
      [1, 0],
      [0.2, -0.3],
    ]);
  const b = () =>
    tf.tensor2d([
      [0.5, 0.1],
      [-0.4, 0.6],
    ]);

  it('L_KL is a quarter of both divergences, summed over rows', async () => {
    expect((await dropoutDivergence(a(), b()).data())[0]).toBeCloseTo(0.152424854, 6);
  });

  it('L_CE is the mean of the cross-entropies of both passes', async () => {
    const targets = tf.oneHot([0, 1], 2).toFloat() as tf.Tensor2D;
    const loss = tf.mul(tf.add(crossEntropy(a(), targets), crossEntropy(b(), targets)), 0.5);
    expect((await loss.data())[0]).toBeCloseTo(0.5284039029, 6);
  });

  it('sends gradients of the divergence into both passes', async () => {
    const [da, db] = tf.grads((x: tf.Tensor, y: tf.Tensor) => dropoutDivergence(x as tf.Tensor2D, y as tf.Tensor2D))([
      a(),
      b(),
    ]);
    for (const gradient of [da, db])
      expect(Math.max(...(await (gradient as tf.Tensor).data()).map(Math.abs))).toBeGreaterThan(0.01);
  });

  it('scores the second order by the ratio of norms', () => {
    const scores = [
      [2, 0.2],
      [0.5, 0.1],
      [1, 0.05],
    ].map(([g, m]) => secondOrderScore(g as number, m as number));
    [0, 0.5, 1].forEach((expected, i) => expect(scores[i]).toBeCloseTo(expected, 12));
  });
});
