import { crossEntropy, defineObjective, symmetricDivergence } from '@rose/fine-tuning';
import type { SettingsOf } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

const settings = z.strictObject({
  alpha: z
    .number()
    .min(0)
    .default(0.5)
    .describe('α, the weight of the divergence; fixed at 0.5 in the published BERT code, GLUE: 0.1, 0.5, 1'),
  divergence: z
    .enum(['sum', 'mean'])
    .default('sum')
    .describe('Over the rows; the sum weighs more in larger batches. BERT: sum, fairseq: mean'),
  crossEntropy: z
    .enum(['sum', 'mean'])
    .default('sum')
    .describe('Of the two passes, which are batch means both. BERT and fairseq: sum, README: mean'),
});

/**
 * R-Drop, a and b two dropout passes of the same rows, run as one batch:
 *
 *     L = CE(a, y) + CE(b, y) + α · [KL(a ‖ b) + KL(b ‖ a)] / 2
 *
 * The published codes differ in what they sum: `divergence` and `crossEntropy` are sum and sum for BERT (the default),
 * mean and sum in fairseq, sum and mean in the README. Cost 2F + 2B.
 */
export const rDrop = defineObjective({
  name: 'r-drop',
  title: 'Cross-entropy of two dropout passes, and the divergence between them',
  paper: 'Liang et al.: R-Drop: Regularized Dropout for Neural Networks. NeurIPS 2021, arXiv:2106.14448',
  section: 'rDrop',
  settings,
  needsDropout: true,
  cost: () => 2,
  create: (chosen) => ({
    gradients(context) {
      const { value, gradients } = context.gradientsOf(() => {
        const [a, b] = context.dropoutPasses(2) as [tf.Tensor2D, tf.Tensor2D];
        return rDropLoss(a, b, { ...chosen, targets: context.targets });
      });
      return { loss: value, gradients };
    },
  }),
});

/** L from the logits of both passes, [rows, classes]. */
export function rDropLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  { targets, ...options }: SettingsOf<typeof settings> & { readonly targets: tf.Tensor2D },
): tf.Scalar {
  const ce = tf.add(crossEntropy(a, targets), crossEntropy(b, targets));
  const kl = tf.div(symmetricDivergence(a, b), 2);
  return tf.add(
    tf.div(ce, options.crossEntropy === 'sum' ? 1 : 2),
    tf.mul(kl, options.alpha / (options.divergence === 'sum' ? 1 : a.shape[0])),
  );
}
