import { NonFiniteError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { clippingFactor, globalNorm } from './clipping.js';
import { evaluateTogether, recycle } from './evaluate-together.js';
import { hostNorm2, norm2 } from './norms.js';
import type { Objective } from './objective.js';
import type { Optimizer } from './optimizer.js';
import type { Selection } from './selection.js';
import type { StepContext } from './step-context.js';
import type { Mask } from './update-rule.js';

export interface TrainingStepOptions {
  readonly context: StepContext;
  readonly objective: Objective;
  readonly selection: Selection;
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** The largest global gradient norm; 0 for no clipping. */
  readonly maxGradientNorm: number;
  /** False during warm-up: every μ is 1. */
  readonly masked: boolean;
}

export interface StepReport {
  readonly loss: number;
  /** ‖g‖₂ over all parameters, before clipping. */
  readonly gradientNorm: number;
  /** μ by parameter; empty when nothing was masked. */
  readonly masks: ReadonlyMap<string, Mask>;
}

/** One optimizer step: record the graph, compute it in one go, choose the masks, move the weights. */
export async function trainingStep(options: TrainingStepOptions): Promise<StepReport> {
  const { context, objective, selection, optimizer, masked } = options;
  let recorded: Recorded | undefined;
  try {
    recorded = await record(options);
    await evaluateTogether(tensorsOf(recorded));
    const loss = await scalar(recorded.loss);
    const norms = await scalars(recorded.norms);
    const gradientNorm = globalNorm(norms.values());
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw new NonFiniteError(
        `Step ${optimizer.step + 1}: the loss is ${loss} and the gradient norm ${gradientNorm} (objective ${objective.name}).`,
      );
    }

    const gradientScale = clippingFactor(gradientNorm, options.maxGradientNorm);
    const masks = masked
      ? selection.select({
          step: optimizer.step + 1,
          gradientNorms: new Map([...norms].map(([name, norm]) => [name, norm * gradientScale])),
          momentumNorm: (name) => hostNorm2(optimizer.state(name).momentum),
          measured: await scalars(recorded.saliencies),
        })
      : new Map<string, Mask>();

    const gradients = new Map<string, Float32Array>();
    for (const [name, gradient] of recorded.gradients) gradients.set(name, (await gradient.data()) as Float32Array);
    optimizer.apply({ gradients, masks, rule: selection.rule, learningRate: options.learningRate, gradientScale });
    return { loss, gradientNorm, masks };
  } finally {
    if (recorded) recycle(tensorsOf(recorded));
    context.dispose();
  }
}

interface Recorded {
  readonly loss: tf.Scalar;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  readonly norms: ReadonlyMap<string, tf.Scalar>;
  readonly saliencies: ReadonlyMap<string, tf.Scalar>;
}

const tensorsOf = ({ loss, gradients, norms, saliencies }: Recorded): tf.Tensor[] => [
  loss,
  ...gradients.values(),
  ...norms.values(),
  ...saliencies.values(),
];

/** Asks objective and selection for everything the step needs; intermediate tensors do not outlive it. */
async function record({ context, objective, selection, masked }: TrainingStepOptions): Promise<Recorded> {
  const engine = tf.engine();
  // Not tf.tidy, which cannot wait for an objective that takes several steps of its own (FreeLB).
  engine.startScope('training step');
  try {
    const { loss, gradients } = await objective.gradients(context);
    const norms = new Map([...gradients].map(([name, gradient]) => [name, norm2(gradient)]));
    const saliencies = (masked && selection.measure?.(context)) || new Map<string, tf.Scalar>();
    const recorded = { loss, gradients, norms, saliencies };
    for (const tensor of tensorsOf(recorded)) tf.keep(tensor);
    return recorded;
  } finally {
    engine.endScope();
  }
}

const scalar = async (tensor: tf.Scalar): Promise<number> => (await tensor.data())[0] as number;

async function scalars(tensors: ReadonlyMap<string, tf.Scalar>): Promise<ReadonlyMap<string, number>> {
  const values = new Map<string, number>();
  for (const [name, tensor] of tensors) values.set(name, await scalar(tensor));
  return values;
}
