import { crossEntropy, defineObjective } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { ballForm, publishedForm } from './smart-forms.js';

const settings = z
  .strictObject({
    form: z
      .enum(['published', 'ball'])
      .default('published')
      .describe("The released code's perturbation, or the paper's, which stays in a ball"),
    alpha: z
      .number()
      .min(0)
      .default(1)
      .describe("The weight of the divergence (the paper's λ_s, adv_alpha); published: 1"),
    steps: z.int().min(1).default(1).describe('K, the number of ascents; published: 1'),
    sigma: z
      .number()
      .min(0)
      .default(1e-5)
      .describe('σ, the deviation of the noise that the ascent starts from (noise_var); published: 1e-5'),
    stepSize: z
      .number()
      .min(0)
      .exactOptional()
      .describe('η, the length of an ascent; 1e-5 as published, 1e-3 in the ball'),
    epsilon: z
      .number()
      .min(0)
      .exactOptional()
      .describe('ε: guards a division as published, 1e-6; the radius of the ball, 1e-5'),
    norm: z.enum(['linf', 'l2', 'l1']).default('linf').describe('Of the perturbation; the ball has no l1'),
    level: z
      .enum(['token', 'sentence'])
      .exactOptional()
      .describe("What the published code normalises: each token's perturbation, its own way, or each sentence's"),
  })
  .refine(({ form, norm }) => form === 'published' || norm !== 'l1', {
    path: ['norm'],
    message: 'the ball is of linf or l2',
  })
  .refine(({ form, epsilon }) => form === 'published' || epsilon !== 0, {
    path: ['epsilon'],
    message: 'a ball of radius 0 leaves no perturbation',
  })
  .refine(({ form, norm, epsilon }) => form === 'ball' || norm !== 'l1' || epsilon === undefined, {
    path: ['epsilon'],
    message: 'it has no use with l1, which takes signs and divides by nothing',
  })
  .refine(({ form, norm, level }) => form === 'ball' || norm !== 'l1' || level === undefined, {
    path: ['level'],
    message: 'it has no use with l1, which takes the sign of each number',
  })
  .refine(({ form, level }) => form === 'published' || level === undefined, {
    path: ['level'],
    message: 'it has no use in the ball, which is around each sentence',
  });

/**
 * SMART's smoothness-inducing regulariser (github namisan/mt-dnn), without its proximal half:
 *
 *     L = CE(f(e), y) + α · ℓ_s(f(e), f(e + n))        n ~ N(0, σ²), then K times up the gradient of ℓ_s
 *
 * All passes have dropout of their own. One graph: the ascents and L meet in one clean pass f(e), so the cost for K = 1
 * is 3F + Bx + 2B. Here n is added to the token embeddings; the released code adds it to the output of the whole
 * embedding layer, and feeds the sum through that layer once more.
 */
export const smart = defineObjective({
  name: 'smart',
  title: "Cross-entropy, and the divergence from an adversarial neighbour (SMART's regulariser)",
  paper:
    'Jiang et al.: SMART: Robust and Efficient Fine-Tuning for Pre-trained Natural Language Models. ACL 2020, arXiv:1911.03437',
  section: 'smart',
  settings,
  cost: ({ steps }) => 2 + (2 * steps) / 3,
  create({ form: named, alpha, sigma, steps: K, ...options }) {
    const form = named === 'ball' ? ballForm(options) : publishedForm(options);
    return {
      gradients(context) {
        const clean = () => context.dropoutPass();
        const adversarial = (n: tf.Tensor3D, draw: number) =>
          context.dropoutPass({ draw, perturb: (e) => tf.add(e, n) });

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
  },
});
