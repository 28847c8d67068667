import { crossEntropy, defineObjective } from '@rose/fine-tuning';
import { noSettings } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { rosePaper } from './rose-settings.js';

/**
 * L_CE = ½ CE(a, y) + ½ CE(b, y) over two dropout passes a and b of the same rows: the objective that ROSE-First and
 * ROSE-Ensemble are trained with. L_KL is measured for the mask but never added to it. Cost 2F + 2B.
 */
export const twoPass = defineObjective({
  name: 'two-pass',
  title: 'The mean cross-entropy of two dropout passes: what ROSE-First and ROSE-Ensemble train',
  paper: rosePaper,
  settings: noSettings,
  cost: () => 2,
  create: () => ({
    gradients(context) {
      const { value, gradients } = context.gradientsOf(() => {
        const [a, b] = context.dropoutPasses(2) as [tf.Tensor2D, tf.Tensor2D];
        return tf.mul(tf.add(crossEntropy(a, context.targets), crossEntropy(b, context.targets)), 0.5);
      });
      return { loss: value, gradients };
    },
  }),
});
