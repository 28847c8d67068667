import { defineObjective, evaluateTogether } from '@rose/fine-tuning';
import { z } from 'zod';
import { adversarySettings } from './adversary-settings.js';
import { ascend, initialPerturbation, perturbedLoss } from './perturbation.js';

/** Below this ‖g‖ an ascent grows shorter. The published loop has no such floor and divides by 0 at g = 0. */
const FLOOR = 1e-10;

/**
 * K-PGD (`std_adv_train_step` of github zhuchen03/FreeLB) on token embeddings e:
 *
 *     repeat K times    δ ← Π(δ + α · g_δ/‖g_δ‖)    g_δ = ∇_δ CE(f(e + δ), y)
 *     g = ∇_θ CE(f(e + δ), y) at the last δ
 *
 * The ascents ask for the gradient of δ alone. Each is computed before the next: one graph, compiled once.
 * Cost (K + 1)F + K·Bx + B.
 */
export const pgd = defineObjective({
  name: 'pgd',
  title: 'The gradient at the end of several ascents on the embeddings',
  paper: 'Madry et al.: Towards Deep Learning Models Resistant to Adversarial Attacks. ICLR 2018, arXiv:1706.06083',
  section: 'pgd',
  settings: z.strictObject({
    steps: z.int().min(1).default(3).describe('K, the number of ascents; a usual choice, FreeLB’s scripts have 2'),
    ...adversarySettings,
  }),
  cost: ({ steps }) => (2 * steps + 3) / 3,
  create({ steps: K, magnitude, holdDropout, ...ball }) {
    const drawOf = (t: number) => (holdDropout ? 0 : t);
    return {
      async gradients(context) {
        let delta = initialPerturbation(context, { norm: ball.norm, magnitude, name: 'pgd' });
        for (let t = 0; t < K; t++) {
          const { gradient } = context.gradientAt(delta, (d) => perturbedLoss(context, d, drawOf(t)));
          delta = ascend(delta, gradient, { ...ball, floor: FLOOR });
          await evaluateTogether([delta]);
        }
        const { value, gradients } = context.gradientsOf(() => perturbedLoss(context, delta, drawOf(K)));
        return { loss: value, gradients };
      },
    };
  },
});
