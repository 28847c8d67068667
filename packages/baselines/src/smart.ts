import { type Objective, crossEntropy } from '@rose/fine-tuning';
import { lookUp } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { notNegative, wholeNumber } from './checked-number.js';
import { type SmartForm, ballForm, publishedForm } from './smart-forms.js';

export interface SmartOptions {
  /** The released code's perturbation, the default, or the paper's: see smart-forms.ts. */
  readonly form?: 'published' | 'ball';
  /** The weight of the divergence (the paper's λ_s, `adv_alpha`). 1. */
  readonly alpha?: number;
  /** K, the number of ascents. 1. */
  readonly steps?: number;
  /** σ, the deviation of the noise that the ascent starts from (`noise_var`). 1e-5. */
  readonly sigma?: number;
  /** η, the length of an ascent. 1e-5 as published, 1e-3 in the ball. */
  readonly stepSize?: number;
  /** ε: the published code only guards a division by it, 1e-6; the radius of the ball, 1e-5. */
  readonly epsilon?: number;
  /** `linf` by default. The ball can also be `l2`; the published code has `l2` and `l1` (signs) too. */
  readonly norm?: 'linf' | 'l2' | 'l1';
  /** What the published code normalises: each token's perturbation, the default, or each sentence's. */
  readonly level?: 'token' | 'sentence';
}

const forms = new Map<string, (options: SmartOptions) => SmartForm>([
  ['published', publishedForm],
  ['ball', ballForm],
]);

/**
 * SMART's smoothness-inducing regulariser (Jiang et al. 2020; github namisan/mt-dnn), without its proximal half:
 *
 *     L = CE(f(e), y) + α · ℓ_s(f(e), f(e + n))        n ~ N(0, σ²), then K times up the gradient of ℓ_s
 *
 * All passes have dropout of their own. One graph: the ascents and L meet in one clean pass f(e), so the cost for K = 1
 * is 3F + Bx + 2B. Here n is added to the token embeddings; the released code adds it to the output of the whole
 * embedding layer, and feeds the sum through that layer once more.
 *
 * @throws InputError for a negative number, K < 1, or an unknown form, norm or level
 */
export function smart(options: SmartOptions = {}): Objective {
  const alpha = notNegative(options.alpha ?? 1, { where: 'smart.alpha', hint: 'Published: 1.' });
  const sigma = notNegative(options.sigma ?? 1e-5, { where: 'smart.sigma', hint: 'Published: 0.00001.' });
  const K = wholeNumber(options.steps ?? 1, 1, { where: 'smart.steps', hint: 'Published: 1.' });
  const form = lookUp(forms, options.form ?? 'published', { kind: 'form', where: 'smart.form' })(options);
  return {
    name: 'smart',
    gradients(context) {
      const clean = () => context.dropoutPass();
      const adversarial = (n: tf.Tensor3D, draw: number) => context.dropoutPass({ draw, perturb: (e) => tf.add(e, n) });

      const target = clean();
      let n: tf.Tensor3D = tf.mul(context.noise('normal', 'smart'), sigma);
      for (let k = 1; k <= K; k++) {
        const { gradient } = context.gradientAt(n, (noise) => form.climbed(adversarial(noise, k), target));
        n = form.ascend(n, gradient);
      }
      const { value, gradients } = context.gradientsOf(() => {
        const f = clean();
        const divergence = form.divergence(f, adversarial(n, K + 1));
        return tf.add(crossEntropy(f, context.targets), tf.mul(divergence, alpha));
      });
      return { loss: value, gradients };
    },
  };
}
