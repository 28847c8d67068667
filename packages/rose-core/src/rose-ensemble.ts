import { defineSelection } from '@rose/fine-tuning';
import { z } from 'zod';
import { maskedAdamW } from './masked-adamw.js';
import { blend, firstOrderMask, secondOrderMask } from './order-masks.js';
import {
  bandSettings,
  belowUpper,
  firstOrderSettings,
  publishedFor,
  refuseUnmaskable,
  rosePaper,
  roseSection,
  secondOrderSettings,
} from './rose-settings.js';
import { firstOrderSaliency } from './saliency.js';

/** ROSE-Ensemble: the soft mask γ · first + (1 − γ) · second. Cost 2F + 2 · 2B, beside `two-pass`. */
export const roseEnsemble = defineSelection({
  name: 'rose-ensemble',
  title: 'The weighted mean of the masks of rose-first and rose-second',
  paper: rosePaper,
  section: roseSection,
  settings: z
    .strictObject({
      ...bandSettings,
      ...firstOrderSettings,
      ...secondOrderSettings,
      gamma: z
        .number()
        .min(0)
        .max(1)
        .default(0.5)
        .describe('γ, the weight of the first-order mask; the released code: 0.5'),
    })
    .refine(({ lower, upper }) => lower < upper, belowUpper),
  objective: 'two-pass',
  includes: ['rose-first', 'rose-second'],
  cost: () => 4 / 3,
  needsDropout: true,
  dropoutRate: ({ klDropout }) => klDropout,
  dropoutSetting: 'klDropout',
  reads: ['beta1'],
  published: publishedFor('rose-ensemble'),
  create: (settings) => ({
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    measure: (context, { slope }) => firstOrderSaliency(context, { granularity: settings.granularity, slope }),
    select(observation) {
      const second = secondOrderMask(observation, settings);
      const first = firstOrderMask(observation, settings);
      return new Map([...first].map(([name, mask]) => [name, blend(mask, second.get(name) ?? 1, settings.gamma)]));
    },
  }),
});
