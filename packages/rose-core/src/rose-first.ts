import { defineSelection } from '@rose/fine-tuning';
import { z } from 'zod';
import { maskedAdamW } from './masked-adamw.js';
import { firstOrderMask } from './order-masks.js';
import {
  bandSettings,
  belowUpper,
  firstOrderSettings,
  firstOrderTraits,
  publishedFor,
  refuseUnmaskable,
  rosePaper,
  roseSection,
} from './rose-settings.js';
import { firstOrderSaliency } from './saliency.js';

/** ROSE-First: keeps the tensors that the KL of two dropout passes moves least. Cost 2F + 2 · 2B, beside `two-pass`. */
export const roseFirst = defineSelection({
  name: 'rose-first',
  title: 'Holds back the updates that the divergence of two dropout passes depends on most',
  paper: rosePaper,
  section: roseSection,
  settings: z
    .strictObject({ ...bandSettings, ...firstOrderSettings })
    .refine(({ lower, upper }) => lower < upper, belowUpper),
  ...firstOrderTraits,
  published: publishedFor('rose-first'),
  create: (settings) => ({
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    measure: (context, { slope }) => firstOrderSaliency(context, { granularity: settings.granularity, slope }),
    select: (observation) => firstOrderMask(observation, settings),
  }),
});
