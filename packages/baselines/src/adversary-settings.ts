import { z } from 'zod';

/**
 * What can be set of the adversary of FreeLB and PGD. Published for RoBERTa-large on SST-2 (FreeLB's repository): α 0.1,
 * δ₀ 1.0, ball 0.6. Our defaults for δ₀ and ball, 0.5 and 0.4, stand in commented lines of the same scripts.
 */
export const adversarySettings = {
  norm: z.enum(['l2', 'linf']).default('l2').describe('Of the perturbation of an example; FreeLB: l2'),
  stepSize: z.number().min(0).default(0.1).describe('α, the length of an ascent (adv_lr); FreeLB’s SST-2 script: 0.1'),
  magnitude: z
    .number()
    .min(0)
    .default(0.5)
    .describe(
      'How large δ₀ is (adv_init_mag); 0 starts from none. A commented line of FreeLB’s SST-2 script; its live one: 1.0',
    ),
  maxNorm: z
    .number()
    .min(0)
    .default(0.4)
    .describe(
      'The largest ‖δ‖ (max_norm); 0 for no bound. A commented line of FreeLB’s SST-2 script; its live one: 0.6',
    ),
  holdDropout: z
    .boolean()
    .default(true)
    .describe('Draw the dropout masks once and hold them over the steps, as fairseq does by default'),
};
