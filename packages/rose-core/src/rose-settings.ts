import { type TrainingPreview, type PublishedFor } from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { z } from 'zod';
import { isMaskable } from './maskable.js';
import { type PublishedSelection, findPublishedSettings } from './published-settings.js';
import { ratios } from './saliency.js';

export const rosePaper =
  'Jiang et al.: ROSE: Robust Selective Fine-tuning for Pre-trained Language Models. EMNLP 2022, arXiv:2210.09658';

/** The name of the section of what can be set of ROSE. */
export const roseSection = 'rose';

/** What all of ROSE's selections have. */
export const bandSettings = {
  upper: z
    .number()
    .min(0)
    .max(100)
    .default(60)
    .describe('Percentile up to which saliencies are kept; published for RoBERTa: 30 to 90'),
  lower: z
    .number()
    .min(0)
    .max(100)
    .default(0)
    .describe('Percentile from which saliencies are kept; the released code: 0'),
  granularity: z
    .enum(['tensor', 'element'])
    .default('tensor')
    .describe('What one mask value stands for; the released code: a whole tensor'),
};

/** What those have that compare two dropout passes. */
export const firstOrderSettings = {
  klDropout: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .describe("Dropout rate in place of the model's own (kl_dropout); the released code: 0.1"),
};

/** What else those have in common: they train on the passes that they compare, and measure one more backward pass. */
export const firstOrderTraits = {
  objective: 'two-pass',
  cost: () => 4 / 3,
  needsDropout: true,
  dropoutRate: ({ klDropout }: { readonly klDropout: number }) => klDropout,
  dropoutSetting: 'klDropout',
} as const;

/** What those have that compare gradient and momentum. */
export const secondOrderSettings = {
  ratio: z.enum(ratios).default('released').describe('By what ‖g‖/‖m‖ is multiplied: 0.1, 1 − β₁, or 1 − β₁^(t−1)'),
};

/** Q_l must lie below Q_u. */
export const belowUpper = {
  path: ['lower'],
  message: 'it must be below `upper`; all published settings have lower 0',
};

/** @throws InputError for a model in which ROSE's rule finds no tensor */
export function refuseUnmaskable({ shapes }: TrainingPreview): void {
  if ([...shapes.keys()].some(isMaskable)) return;
  throw new InputError('ROSE finds nothing to mask among the parameters that are trained.', {
    hint: 'It masks those whose name contains `layer` and `weight`. Choose another model, or freeze fewer layers.',
  });
}

/** Learning rate and threshold as published. */
export const publishedFor = (selection: PublishedSelection) => ({
  settings: ['upper'],
  find(of: PublishedFor): Readonly<Record<string, number>> | undefined {
    const found = findPublishedSettings({ ...of, selection });
    return found && { ...found };
  },
});
