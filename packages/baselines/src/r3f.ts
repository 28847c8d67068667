import type { ModelParameters } from '@rose/encoders';
import { type Objective, crossEntropy, defineObjective, symmetricDivergence } from '@rose/fine-tuning';
import type { SettingsOf } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { normalisedHead, withSpectralNorm } from './spectral-norm.js';
import { stopGradient } from './stop-gradient.js';

const paper =
  'Aghajanyan et al.: Better Fine-Tuning by Reducing Representational Collapse. ICLR 2021, arXiv:2008.03156';

const settings = z.strictObject({
  lambda: z
    .number()
    .min(0)
    .default(1)
    .describe('λ, the weight of the divergence; published: 0.1, 0.5, 0.7, 1 and 5, fairseq: 1'),
  epsilon: z
    .number()
    .min(0)
    .default(1e-5)
    .describe('ε: uniform noise reaches so far, normal noise has this deviation; fairseq: 1e-5'),
  noise: z.enum(['uniform', 'normal']).default('uniform').describe('z ~ U(−ε, ε) or N(0, ε²); fairseq: uniform'),
});

/**
 * R3F (fairseq, examples/rxf):
 *
 *     L = CE(f(e), y) + λ · KL_S(f(e) ‖ f(e + z)) / rows      z ~ U(−ε, ε) or N(0, ε²)
 *
 * KL_S adds both directions. e are the token embeddings alone, before positions; the noised branch sends no gradient
 * into their table. Both branches have dropout of their own and run as one batch. Cost 2F + 2B.
 */
export const r3f = defineObjective({
  name: 'r3f',
  title: 'Cross-entropy, and the divergence between clean and noised embeddings',
  paper,
  section: 'r3f',
  settings,
  cost: () => 2,
  create: (chosen) => noiseRegularised(chosen),
});

/** R4F: R3F with the weight of the classification head divided by its spectral norm. */
export const r4f = defineObjective({
  name: 'r4f',
  title: 'R3F with a spectrally normalised classification head',
  paper,
  section: 'r3f',
  settings,
  fixed: { spectralNorm: true },
  cost: () => 2,
  create: (chosen) => ({ ...noiseRegularised(chosen, withSpectralNorm), weightsInUse: normalisedHead }),
});

type Head = (logits: tf.Tensor2D, model: ModelParameters) => tf.Tensor2D;

/** @param head what becomes of the logits [rows, classes] of either branch */
function noiseRegularised(
  { lambda, epsilon, noise }: SettingsOf<typeof settings>,
  head: Head = (logits) => logits,
): Omit<Objective, 'name'> {
  return {
    gradients(context) {
      const z = tf.mul(context.noise(noise, 'r3f'), epsilon);
      const { value, gradients } = context.gradientsOf(() => {
        const passes = context.dropoutPasses(2, { perturb: (e) => noiseSecondHalf(e, z) });
        const [clean, noised] = passes.map((f) => head(f, context)) as [tf.Tensor2D, tf.Tensor2D];
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
