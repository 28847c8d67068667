import { type Objective, crossEntropy } from '@rose/fine-tuning';

/** Plain fine-tuning: cross-entropy of one forward pass with dropout. Cost F + B. */
export function vanilla(): Objective {
  return {
    name: 'cross-entropy',
    gradients(context) {
      const { value, gradients } = context.gradientsOf(() => crossEntropy(context.dropoutPass(), context.targets));
      return { loss: value, gradients };
    },
  };
}
