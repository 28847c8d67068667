import { defineSelection } from '@rose/fine-tuning';
import { z } from 'zod';
import { maskedAdamW } from './masked-adamw.js';
import { secondOrderMask } from './order-masks.js';
import {
  bandSettings,
  belowUpper,
  publishedFor,
  refuseUnmaskable,
  rosePaper,
  roseSection,
  secondOrderSettings,
} from './rose-settings.js';

/** ROSE-Second: keeps the tensors whose gradient departs least from the momentum, by the ratio of their norms. */
export const roseSecond = defineSelection({
  name: 'rose-second',
  title: 'Holds back the updates whose gradient departs most from its momentum',
  paper: rosePaper,
  section: roseSection,
  settings: z
    .strictObject({ ...bandSettings, ...secondOrderSettings })
    .refine(({ lower, upper }) => lower < upper, belowUpper),
  objective: 'vanilla',
  reads: ['beta1'],
  published: publishedFor('rose-second'),
  create: (settings) => ({
    rule: maskedAdamW,
    prepare: refuseUnmaskable,
    select: (observation) => secondOrderMask(observation, settings),
  }),
});
