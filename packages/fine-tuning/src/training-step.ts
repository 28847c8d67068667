import { NonFiniteError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { clippingFactor, globalNorm } from './clipping.js';
import { evaluateTogether, recycle } from './evaluate-together.js';
import { firstNonFinite } from './finite.js';
import { hostNorm2 } from './norms.js';
import type { Objective } from './objective.js';
import type { Optimizer } from './optimizer.js';
import { gatedObservation, productOfMasks } from './masks.js';
import type { Gate, Selection, StepObservation, Substitute } from './selection.js';
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
  /** While the learning rate rises: only selections that say so act then. */
  readonly warmingUp: boolean;
}

export interface StepReport {
  readonly loss: number;
  /** ‖g‖₂ over all parameters, before clipping. */
  readonly gradientNorm: number;
  /** How much of each parameter's update got through, M·μ; empty when nothing was held back. */
  readonly masks: ReadonlyMap<string, Mask>;
}

/**
 * One optimizer step: record the graph, compute it in one go, choose the masks, move the weights.
 * @throws NonFiniteError, with the weights as they were, when the loss, a gradient or a saliency is not finite
 */
export async function trainingStep(options: TrainingStepOptions): Promise<StepReport> {
  const { context, objective, selection, optimizer, warmingUp } = options;
  const step = optimizer.step + 1;
  let recorded: Recorded | undefined;
  try {
    recorded = await record(options);
    await evaluateTogether(tensorsOf(recorded));
    const loss = scalarOf(await recorded.loss.data());
    const gradients = await arraysOf(recorded.gradients);
    const gradientNorms = new Map([...gradients].map(([name, gradient]) => [name, hostNorm2(gradient)]));
    const gradientNorm = globalNorm(gradientNorms.values());
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) {
      throw new NonFiniteError(
        `Step ${step}: the loss is ${loss} and the gradient norm ${gradientNorm} (objective ${objective.name}).`,
      );
    }

    const gradientScale = clippingFactor(gradientNorm, options.maxGradientNorm);
    const measured = await arraysOf(recorded.saliencies);
    refuseNonFinite(measured, `Step ${step}: selection ${selection.name}`);
    const { masks, gate } = decide(options, {
      step,
      warmingUp,
      beta1: optimizer.settings.beta1,
      gradientNorms: new Map([...gradientNorms].map(([name, norm]) => [name, norm * gradientScale])),
      gradient: (name) => gradients.get(name) ?? missing(name),
      gradientScale,
      momentum: (name) => optimizer.state(name).momentum,
      measured,
    });
    optimizer.apply({
      gradients,
      masks,
      gates: gate.masks,
      rule: selection.rule,
      learningRate: options.learningRate,
      gradientScale: gradientScale * gate.scale,
    });
    return { loss, gradientNorm, masks: productOfMasks([gate.masks, masks]) };
  } finally {
    if (recorded) recycle(tensorsOf(recorded));
    context.dispose();
  }
}

const open: Gate = { masks: new Map(), scale: 1 };

const acts = ({ selection, warmingUp }: TrainingStepOptions): boolean => !warmingUp || selection.duringWarmup === true;

/** What of the gradients and of the updates gets through. */
function decide(options: TrainingStepOptions, observation: StepObservation) {
  const { selection } = options;
  if (!acts(options)) return { masks: new Map<string, Mask>(), gate: open };
  const gate = selection.gate?.(observation) ?? open;
  const seen = gate.masks.size === 0 && gate.scale === 1 ? observation : gatedObservation(observation, gate);
  return { masks: selection.select?.(seen) ?? new Map<string, Mask>(), gate };
}

interface Recorded {
  readonly loss: tf.Scalar;
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  readonly saliencies: ReadonlyMap<string, tf.Tensor>;
}

const tensorsOf = ({ loss, gradients, saliencies }: Recorded): tf.Tensor[] => [
  loss,
  ...gradients.values(),
  ...saliencies.values(),
];

/** Asks objective and selection for everything the step needs; intermediate tensors do not outlive it. */
async function record(options: TrainingStepOptions): Promise<Recorded> {
  const { context, objective, selection, optimizer, warmingUp } = options;
  const engine = tf.engine();
  // Not tf.tidy, which cannot wait for an objective that takes several steps of its own (FreeLB).
  engine.startScope('training step');
  try {
    const weights = (name: string) => optimizer.state(name).weights;
    const substitutes = selection.substitute?.(optimizer.step + 1, weights) ?? new Map<string, Substitute>();
    show(substitutes, context.parameters);
    const { loss, gradients: found } = await objective.gradients(context);
    const gradients = new Map<string, tf.Tensor>();
    for (const [name, gradient] of found) {
      const slope = substitutes.get(name)?.slope;
      gradients.set(name, slope ? tf.mul(gradient, slope) : gradient);
    }
    const slope = (name: string) => substitutes.get(name)?.slope;
    const saliencies =
      (acts(options) && selection.measure?.(context, { warmingUp, slope })) || new Map<string, tf.Tensor>();
    const recorded = { loss, gradients, saliencies };
    for (const tensor of tensorsOf(recorded)) tf.keep(tensor);
    return recorded;
  } finally {
    engine.endScope();
  }
}

/** Lets the model compute with other weights; the optimizer shows it its own again when it has moved them. */
function show(substitutes: ReadonlyMap<string, Substitute>, variables: ReadonlyMap<string, tf.Variable>): void {
  for (const [name, { weights }] of substitutes) {
    const variable = variables.get(name) ?? missing(name);
    variable.assign(tf.tensor(weights, variable.shape, 'float32'));
  }
}

const scalarOf = (values: ArrayLike<number>): number => values[0] as number;

async function arraysOf(tensors: ReadonlyMap<string, tf.Tensor>): Promise<ReadonlyMap<string, Float32Array>> {
  const arrays = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) arrays.set(name, (await tensor.data()) as Float32Array);
  return arrays;
}

function refuseNonFinite(arrays: ReadonlyMap<string, Float32Array>, where: string): void {
  for (const [name, values] of arrays) {
    const odd = firstNonFinite(values);
    if (odd !== undefined) throw new NonFiniteError(`${where}: the saliency of ${name} is ${odd}.`);
  }
}

function missing(name: string): never {
  throw new Error(`There is no gradient, or no parameter, '${name}' in this step.`);
}
