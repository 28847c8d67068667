import { z } from 'zod';

export const childTuningPaper =
  'Xu et al.: Raise a Child in Large Language Model: Towards Effective and Generalizable Fine-tuning. EMNLP 2021, arXiv:2109.05687';

/** The name of the section of what can be set of both forms. */
export const childTuningSection = 'childTuning';

/** What can be set of both forms. */
export const childTuningSettings = z.strictObject({
  p: z
    .number()
    .gt(0)
    .max(1)
    .default(0.3)
    .describe('The share of elements that learn; the released script: 0.3, the paper: 0.1 to 0.4'),
});
