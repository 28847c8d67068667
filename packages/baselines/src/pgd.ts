import { type Objective, evaluateTogether } from '@rose/fine-tuning';
import { type AdversaryOptions, checkedAdversary } from './adversary.js';
import { wholeNumber } from './checked-number.js';
import { ascend, initialPerturbation, perturbedLoss } from './perturbation.js';

export interface PgdOptions extends AdversaryOptions {
  /** K, the number of ascents. 3. */
  readonly steps?: number;
}

/** Below this ‖g‖ an ascent grows shorter. The published loop has no such floor and divides by 0 at g = 0. */
const FLOOR = 1e-10;

/**
 * K-PGD (Madry et al. 2018; `std_adv_train_step` of github zhuchen03/FreeLB) on token embeddings e:
 *
 *     repeat K times    δ ← Π(δ + α · g_δ/‖g_δ‖)    g_δ = ∇_δ CE(f(e + δ), y)
 *     g = ∇_θ CE(f(e + δ), y) at the last δ
 *
 * The ascents ask for the gradient of δ alone. Each is computed before the next: one graph, compiled once.
 * Cost (K + 1)F + K·Bx + B.
 *
 * @throws InputError when K < 1, for a negative number or an unknown norm
 */
export function pgd(options: PgdOptions = {}): Objective {
  const K = wholeNumber(options.steps ?? 3, 1, { where: 'pgd.steps', hint: 'Give the number of ascents, such as 3.' });
  const { magnitude, holdDropout, ...ball } = checkedAdversary(options, 'pgd');
  const drawOf = (t: number) => (holdDropout ? 0 : t);
  return {
    name: 'pgd',
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
}
