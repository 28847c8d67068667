import { type NoiseDistribution, type Objective, crossEntropy } from '@rose/fine-tuning';
import { lookUp } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { notNegative } from './checked-number.js';
import { symmetricDivergence } from './divergence.js';
import { normalisedHead, withSpectralNorm } from './spectral-norm.js';
import { stopGradient } from './stop-gradient.js';

export interface R3fOptions {
  /** λ, the weight of the divergence. 1. */
  readonly lambda?: number;
  /** ε: the uniform noise reaches so far either way, the normal one has this deviation. 1e-5. */
  readonly epsilon?: number;
  readonly noise?: NoiseDistribution;
  /** R4F: the weight of the classification head is divided by its spectral norm. */
  readonly spectralNorm?: boolean;
}

const distributions = new Map<string, NoiseDistribution>([
  ['uniform', 'uniform'],
  ['normal', 'normal'],
]);

/**
 * R3F (Aghajanyan et al. 2021, "Better fine-tuning by reducing representational collapse"; fairseq, examples/rxf):
 *
 *     L = CE(f(e), y) + λ · KL_S(f(e) ‖ f(e + z)) / rows      z ~ U(−ε, ε) or N(0, ε²)
 *
 * KL_S adds both directions. e are the token embeddings alone, before positions; the noised branch sends no gradient
 * into their table. Both branches have dropout of their own and run as one batch. Cost 2F + 2B.
 *
 * @throws InputError for a negative λ or ε, or an unknown noise
 */
export function r3f(options: R3fOptions = {}): Objective {
  const lambda = notNegative(options.lambda ?? 1, { where: 'r3f.lambda', hint: 'Published: 0.1, 0.5, 0.7, 1, 5.' });
  const epsilon = notNegative(options.epsilon ?? 1e-5, { where: 'r3f.epsilon', hint: 'Published: 0.00001.' });
  const noise = lookUp(distributions, options.noise ?? 'uniform', { kind: 'noise', where: 'r3f.noise' });
  const head = options.spectralNorm ? withSpectralNorm : undefined;
  return {
    name: options.spectralNorm ? 'r4f' : 'r3f',
    ...(options.spectralNorm && { weightsInUse: normalisedHead }),
    gradients(context) {
      const z = tf.mul(context.noise(noise, 'r3f'), epsilon);
      const { value, gradients } = context.gradientsOf(() => {
        const passes = context.dropoutPasses(2, { perturb: (e) => noiseSecondHalf(e, z) });
        const [clean, noised] = passes.map((f) => head?.(f, context) ?? f) as [tf.Tensor2D, tf.Tensor2D];
        return r3fLoss(clean, noised, { targets: context.targets, lambda });
      });
      return { loss: value, gradients };
    },
  };
}

/** L from the logits of both branches, [rows, classes]. */
export function r3fLoss(
  clean: tf.Tensor2D,
  noised: tf.Tensor2D,
  { targets, lambda }: { readonly targets: tf.Tensor2D; readonly lambda: number },
): tf.Scalar {
  const divergence = tf.div(symmetricDivergence(clean, noised), clean.shape[0]);
  return tf.add(crossEntropy(clean, targets), tf.mul(divergence, lambda));
}

/** [e; e] → [e; stop_grad(e) + z] */
function noiseSecondHalf(e: tf.Tensor3D, z: tf.Tensor): tf.Tensor3D {
  const [clean, copy] = tf.split(e, 2, 0) as [tf.Tensor3D, tf.Tensor3D];
  const noised: tf.Tensor3D = tf.add(stopGradient(copy), z);
  return tf.concat([clean, noised], 0);
}
