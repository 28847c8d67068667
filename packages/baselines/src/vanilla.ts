import { crossEntropy, defineObjective } from '@rose/fine-tuning';
import { noSettings } from '@rose/foundation';

/** Plain fine-tuning: cross-entropy of one forward pass with dropout. Cost F + B. */
export const vanilla = defineObjective({
  name: 'vanilla',
  title: 'Plain fine-tuning: the cross-entropy of one dropout pass',
  settings: noSettings,
  cost: () => 1,
  create: () => ({
    gradients(context) {
      const { value, gradients } = context.gradientsOf(() => crossEntropy(context.dropoutPass(), context.targets));
      return { loss: value, gradients };
    },
  }),
});
