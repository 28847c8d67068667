import { type Mask, adamW, defineSelection } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { childTuningPaper, childTuningSection, childTuningSettings } from './child-tuning-settings.js';

/**
 * CHILD-Tuning-F, the task-free one: g ← g·M/p with M ~ Bernoulli(p) for each element of every parameter, embeddings
 * and head included, drawn anew in each step (RunxinXu/ChildTuning). The mean over draws is g. Cost F + B.
 */
export const childTuningF = defineSelection({
  name: 'child-tuning-f',
  title: 'Lets a random part of the gradient through, drawn anew in each step',
  paper: childTuningPaper,
  section: childTuningSection,
  settings: childTuningSettings,
  objective: 'vanilla',
  create({ p }) {
    let seed: number | undefined;
    // As large as the model together, and drawn into again in each step.
    const masks = new Map<string, Float32Array>();
    return {
      rule: adamW,
      duringWarmup: true,
      prepare: (preview) => void (seed = preview.seed),
      gate({ step, gradientNorms, gradient }) {
        if (seed === undefined) throw new Error('CHILD-Tuning-F was not prepared: it does not know the seed.');
        const stream = RandomStream.of(seed, 'child-tuning', step);
        const drawn = new Map<string, Mask>();
        for (const name of gradientNorms.keys()) {
          const { length } = gradient(name);
          const mask = masks.get(name) ?? new Float32Array(length);
          mask.set(stream.bernoulli(length, p));
          masks.set(name, mask);
          drawn.set(name, mask);
        }
        return { masks: drawn, scale: 1 / p };
      },
    };
  },
});
