import { roleOf } from '@rose/encoders';
import { type Substitute, adamW, defineSelection } from '@rose/fine-tuning';
import { InputError, RandomStream } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';

interface Linear {
  readonly shape: readonly number[];
  /** W_pre: a head's own beginning, where no checkpoint held it. */
  readonly pretrained: Float32Array;
  /** W̃, as the last step had it. */
  readonly mixed: Float32Array;
  /** M of the last step; one row of it where all are the same. */
  last: Float32Array;
}

/**
 * Mixout (bloodwass/mixout): each step computes with
 *
 *     W̃ = [(1−M)·W_pre + M·W − p·W_pre] / (1−p),    M ~ Bernoulli(1−p),
 *
 * for the weights of all linear layers, and ∂L/∂W = ∂L/∂W̃ · M, without the 1/(1−p) that the released backward lacks too.
 * Predictions are made with W. One M a step: an objective of several passes mixes the same weights in each of them.
 * It takes dropout's place: train with a dropout rate of 0. Cost F + B; memory: two copies of those weights.
 */
export const mixout = defineSelection({
  name: 'mixout',
  title: 'Computes with a random mixture of learnt and pretrained weights',
  paper:
    'Lee, Cho, Kang: Mixout: Effective Regularization to Finetune Large-scale Pretrained Language Models. ICLR 2020, arXiv:1909.11299',
  section: 'mixout',
  settings: z.strictObject({
    p: z
      .number()
      .min(0)
      .lt(1)
      .default(0.9)
      .describe('Probability that the pretrained weight stands in for the learnt one; the paper: 0.7, 0.8, 0.9'),
    mask: z
      .enum(['row', 'element'])
      .default('row')
      .describe('One mask for all outputs of a linear layer, the released way, or one for each weight'),
    dropout: z.number().min(0).max(1).default(0).describe("Dropout rate; Mixout takes dropout's place, so 0"),
  }),
  objective: 'vanilla',
  dropoutRate: ({ dropout }) => dropout,
  dropoutSetting: 'dropout',
  create({ p, mask }) {
    let seed = 0;
    const layers = new Map<string, Linear>();
    return {
      rule: adamW,
      prepare(preview) {
        seed = preview.seed;
        layers.clear();
        for (const [name, shape] of preview.shapes) {
          if (roleOf(preview.roles, name).role !== 'weight') continue;
          const pretrained = preview.weights(name).slice();
          const mixed = new Float32Array(pretrained.length);
          // Full of ones: the first step has to work out all of W̃.
          const last = new Float32Array(mask === 'row' ? (shape[1] as number) : pretrained.length).fill(1);
          layers.set(name, { shape, pretrained, mixed, last });
        }
        if (layers.size > 0) return;
        throw new InputError('Mixout finds no linear layer among the parameters that are trained.', {
          hint: 'Choose another model, or freeze fewer layers.',
        });
      },
      substitute(step, weights) {
        const stream = RandomStream.of(seed, 'mixout', step);
        const substitutes = new Map<string, Substitute>();
        for (const [name, layer] of layers) {
          const shape = mask === 'row' ? layer.shape.slice(1) : [...layer.shape];
          const m = Float32Array.from(stream.bernoulli(tf.util.sizeFromShape(shape), 1 - p));
          mix(layer, weights(name), { p, m });
          substitutes.set(name, { weights: layer.mixed, slope: tf.tensor(m, shape) });
        }
        return substitutes;
      },
    };
  },
});

/**
 * Writes W̃ where it is not that of the last step: where M is 1, or was. Elsewhere it does not depend on W.
 * @param m M, or one row of it, which holds for all rows
 */
function mix(layer: Linear, w: Float32Array, { p, m }: { p: number; m: Float32Array }): void {
  const { pretrained, mixed, last } = layer;
  const changed = eitherIsOne(m, last);
  for (let row = 0; row < mixed.length; row += m.length) {
    for (const column of changed) {
      const i = row + column;
      const chosen = (m[column] === 1 ? w[i] : pretrained[i]) as number;
      mixed[i] = (chosen - p * (pretrained[i] as number)) / (1 - p);
    }
  }
  layer.last = m;
}

/** The indices at which one of both arrays is 1. */
function eitherIsOne(a: Float32Array, b: Float32Array): Uint32Array {
  const found = new Uint32Array(a.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === 1 || b[i] === 1) found[count++] = i;
  return found.subarray(0, count);
}
