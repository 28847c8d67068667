import { type Objective, crossEntropy } from '@rose/fine-tuning';
import { lookUp } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { notNegative } from './checked-number.js';
import { symmetricDivergence } from './divergence.js';

/** How several numbers become one. */
export type Reduction = 'sum' | 'mean';

export interface RDropOptions {
  /** α, the weight of the divergence. 0.5, as fixed in the published code for BERT. */
  readonly alpha?: number;
  /** The divergences of the rows are summed or averaged: their weight against CE grows with the batch, or does not. */
  readonly divergence?: Reduction;
  /** The cross-entropies of the two passes (batch means both) are summed or averaged. */
  readonly crossEntropy?: Reduction;
}

const reductions = new Map<string, Reduction>([
  ['sum', 'sum'],
  ['mean', 'mean'],
]);

/**
 * R-Drop (Liang et al. 2021), a and b two dropout passes of the same rows, run as one batch:
 *
 *     L = CE(a, y) + CE(b, y) + α · [KL(a ‖ b) + KL(b ‖ a)] / 2
 *
 * The published codes differ in what they sum: `divergence` and `crossEntropy` are sum and sum for BERT (the default),
 * mean and sum in fairseq, sum and mean in the README. Cost 2F + 2B.
 *
 * @throws InputError for a negative α or an unknown reduction
 */
export function rDrop(options: RDropOptions = {}): Objective {
  const settings = {
    alpha: notNegative(options.alpha ?? 0.5, { where: 'rDrop.alpha', hint: 'Published for GLUE: 0.1, 0.5, 1.' }),
    divergence: reduction('divergence', options.divergence),
    crossEntropy: reduction('crossEntropy', options.crossEntropy),
  };
  return {
    name: 'r-drop',
    gradients(context) {
      const { value, gradients } = context.gradientsOf(() => {
        const [a, b] = context.dropoutPasses(2) as [tf.Tensor2D, tf.Tensor2D];
        return rDropLoss(a, b, { ...settings, targets: context.targets });
      });
      return { loss: value, gradients };
    },
  };
}

/** L from the logits of both passes, [rows, classes]. */
export function rDropLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  { targets, ...options }: Required<RDropOptions> & { readonly targets: tf.Tensor2D },
): tf.Scalar {
  const ce = tf.add(crossEntropy(a, targets), crossEntropy(b, targets));
  const kl = tf.div(symmetricDivergence(a, b), 2);
  return tf.add(
    tf.div(ce, options.crossEntropy === 'sum' ? 1 : 2),
    tf.mul(kl, options.alpha / (options.divergence === 'sum' ? 1 : a.shape[0])),
  );
}

const reduction = (of: string, name = 'sum'): Reduction =>
  lookUp(reductions, name, { kind: 'reduction', where: `rDrop.${of}` });
