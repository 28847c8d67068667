import type { Mask, Selection } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { childTuningAdamW } from './child-tuning-rule.js';
import { checkedShare } from './checked-share.js';

export interface ChildTuningOptions {
  /** p, the share of elements that a step may move, above 0. */
  readonly p: number;
}

/**
 * CHILD-Tuning-F, the task-free one: g ← g·M/p with M ~ Bernoulli(p) for each element of every parameter, embeddings
 * and head included, drawn anew in each step (RunxinXu/ChildTuning). The mean over draws is g. Cost F + B.
 */
export function childTuningF({ p }: ChildTuningOptions): Selection {
  checkedShare('p', p, { where: 'childTuning.p' });
  let seed: number | undefined;
  // As large as the model together, and drawn into again in each step.
  const masks = new Map<string, Float32Array>();
  return {
    name: 'child-tuning-f',
    rule: childTuningAdamW(1 / p),
    duringWarmup: true,
    prepare: (preview) => void (seed = preview.seed),
    select({ step, gradientNorms, gradient }) {
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
      return drawn;
    },
  };
}
