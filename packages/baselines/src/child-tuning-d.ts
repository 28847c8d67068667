import {
  type Mask,
  type TrainingPreview,
  adamW,
  clippingFactor,
  defineSelection,
  hostNorm2,
  quantileOfAll,
} from '@rose/fine-tuning';
import { InputError } from '@rose/foundation';
import { childTuningPaper, childTuningSection, childTuningSettings } from './child-tuning-settings.js';

/**
 * CHILD-Tuning-D, the task-driven one: g ← g·M, where the fixed mask M keeps the share p of elements with the largest
 * Fisher information on the train set, and nothing is rescaled (RunxinXu/ChildTuning). Only parameters with `layer` in
 * their name, biases among them, are masked: the released code's own rule. Embeddings and head always learn.
 * Cost F + B, and an epoch of F + B before the first step, again when a run is taken up again. Memory: M, as large as the encoder.
 */
export const childTuningD = defineSelection({
  name: 'child-tuning-d',
  title: 'Lets the part of the gradient through that carries most Fisher information on the task',
  paper: childTuningPaper,
  section: childTuningSection,
  settings: childTuningSettings,
  objective: 'vanilla',
  create({ p }) {
    let masks: ReadonlyMap<string, Mask> | undefined;
    return {
      rule: adamW,
      duringWarmup: true,
      async prepare(preview) {
        masks = largest(await fisherInformation(preview), p);
      },
      gate() {
        if (!masks) throw new Error('CHILD-Tuning-D was not prepared: it has no mask.');
        return { masks, scale: 1 };
      },
    };
  },
});

/**
 * F = Σ g² / N over the N batches of an epoch, for the cross-entropy of one dropout pass at the pretrained weights,
 * whatever the objective of the training; each tensor's g is clipped by itself.
 */
async function fisherInformation(preview: TrainingPreview): Promise<ReadonlyMap<string, Float32Array>> {
  // By name and not by role, as the released code does.
  const names = [...preview.shapes.keys()].filter((name) => name.includes('layer'));
  if (names.length === 0) {
    throw new InputError('CHILD-Tuning-D finds nothing to mask among the parameters that are trained.', {
      hint: 'It masks those whose name contains `layer`. Choose another model, or freeze fewer layers.',
    });
  }
  const fisher = new Map<string, Float32Array>();
  for await (const gradients of preview.gradients(names)) {
    for (const [name, gradient] of gradients) {
      const scale = clippingFactor(hostNorm2(gradient), preview.maxGradientNorm);
      const sum = fisher.get(name) ?? new Float32Array(gradient.length);
      for (let i = 0; i < sum.length; i++) {
        const g = (gradient[i] as number) * scale;
        sum[i] = (sum[i] as number) + (g * g) / preview.batches;
      }
      fisher.set(name, sum);
    }
  }
  return fisher;
}

/** 1 where F reaches the (1 − p) percentile of all elements, else 0. */
function largest(fisher: ReadonlyMap<string, Float32Array>, p: number): ReadonlyMap<string, Mask> {
  const threshold = quantileOfAll([...fisher.values()], 100 * (1 - p));
  return new Map([...fisher].map(([name, f]) => [name, f.map((x) => (x >= threshold ? 1 : 0))]));
}
