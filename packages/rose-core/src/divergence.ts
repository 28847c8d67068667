import { symmetricDivergence } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';

/**
 * L_KL = [ Σ KL(p_b ‖ p_a) + Σ KL(p_a ‖ p_b) ] / 4, summed over rows and classes, for two dropout passes a and b.
 * Gradients flow through both arguments; nothing is detached (released code, `modeling_roberta.py`).
 *
 * @param a logits [rows, classes]
 * @param b logits [rows, classes]
 */
export const dropoutDivergence = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar => tf.div(symmetricDivergence(a, b), 4);
