import { symmetricDivergence } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';
import { type PerturbationNorm, ascend } from './perturbation.js';
import { stopGradient } from './stop-gradient.js';

/** What the forms are made from. */
export interface SmartFormOptions {
  /** η. */
  readonly stepSize?: number;
  /** ε. */
  readonly epsilon?: number;
  readonly norm?: 'linf' | 'l2' | 'l1';
  readonly level?: 'token' | 'sentence';
}

/** What the released code and the paper disagree about. Logits are [rows, classes]. */
export interface SmartForm {
  /** What an ascent climbs; no gradient is asked of `clean`. */
  climbed(adversarial: tf.Tensor2D, clean: tf.Tensor2D): tf.Scalar;
  /** n after an ascent with the gradient g. */
  ascend(n: tf.Tensor3D, g: tf.Tensor3D): tf.Tensor3D;
  /** ℓ_s, averaged over the rows. */
  divergence(clean: tf.Tensor2D, adversarial: tf.Tensor2D): tf.Scalar;
}

/**
 * As in mt_dnn/perturbation.py and SymKlCriterion. Its quirk: not the gradient but n + η·g is normalised, so that n ends
 * with a norm of 1 for each token, whatever σ, η and ε are: 100,000 times the ball that the paper speaks of.
 */
export function publishedForm(options: SmartFormOptions): SmartForm {
  const { stepSize: eta = 1e-5, epsilon = 1e-6, norm = 'linf', level = 'token' } = options;
  const axes = level === 'token' ? [2] : [1, 2];
  return {
    climbed: stableDivergence,
    ascend: (n, g) => normalisations[norm](tf.add(n, tf.mul(g, eta)), { axes, epsilon }),
    divergence: (a, b) => tf.div(tf.add(towards(a, b), towards(b, a)), a.shape[0]),
  };
}

/** As in the paper (algorithm 1): n ← Π(n + η · g/‖g‖), Π the projection on the ball of radius ε around each sentence. */
export function ballForm(options: SmartFormOptions): SmartForm {
  const { stepSize: eta = 1e-3, epsilon = 1e-5 } = options;
  // A ball of L1 is not among the published ones; the settings refuse it.
  const norm: PerturbationNorm = options.norm === 'l2' ? 'l2' : 'linf';
  return {
    climbed: symmetricDivergence,
    ascend: (n, g) => ascend(n, g, { norm, stepSize: eta, maxNorm: epsilon, floor: 1e-12 }),
    divergence: (a, b) => tf.div(symmetricDivergence(a, b), a.shape[0]),
  };
}

type Normalisation = (n: tf.Tensor3D, over: { readonly axes: number[]; readonly epsilon: number }) => tf.Tensor3D;

const normalisations: Readonly<Record<'linf' | 'l2' | 'l1', Normalisation>> = {
  linf: (n, { axes, epsilon }) => tf.div(n, tf.add(tf.max(tf.abs(n), axes, true), epsilon)),
  l2: (n, { axes, epsilon }) => tf.div(n, tf.add(tf.sqrt(tf.sum(tf.square(n), axes, true)), epsilon)),
  l1: (n) => tf.sign(n),
};

/**
 * `stable_kl`: 2 · Σ p (r_p − r_y), where r is not log p but about the log-odds log(p / (1 − p)), taken as a constant.
 * Only p passes the gradient on.
 */
export function stableDivergence(logits: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  const [p, y] = [tf.softmax(logits), tf.softmax(target)];
  return tf.mul(tf.sum<tf.Scalar>(tf.mul(p, stopGradient(tf.sub(logOdds(p), logOdds(y))))), 2);
}

/** In float32 too what the logarithm is taken of stays above 0, at p = 1 by 5e-8. */
function logOdds(p: tf.Tensor2D): tf.Tensor {
  const GUARD = 1e-6;
  return tf.neg(tf.log(tf.add(tf.sub(tf.div(1, tf.add(p, GUARD)), 1), GUARD)));
}

/** Σ KL(target ‖ input) with the target as a constant: `SymKlCriterion` adds it up both ways. */
function towards(input: tf.Tensor2D, target: tf.Tensor2D): tf.Scalar {
  const logTarget = stopGradient(tf.logSoftmax(target));
  return tf.sum(tf.mul(tf.exp(logTarget), tf.sub(logTarget, tf.logSoftmax(input))));
}
