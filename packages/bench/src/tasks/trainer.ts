import { vanilla } from '@rose/baselines';
import { randomBert } from '@rose/encoders/internal';
import { Optimizer, StepContext, prepareSelection, trainingStep, composeSelections } from '@rose/fine-tuning';
import type { Variant } from '@rose/experiments';
import { findMethod } from './find-method.js';
import type { MethodTask, PointTask, Repeat, Timing } from './protocol.js';
import { type RandomRows, randomRows } from './random-rows.js';

const seed = 1;

/** Learning rate and Adam's numbers as in the released code of ROSE; none of them changes the cost. */
const learningRate = 2e-5;
const adam = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.01 };

type Method = Pick<Variant, 'objective' | 'selection' | 'dropoutRate'>;

const plain: Method = { objective: vanilla.create(), selection: composeSelections([]) };

/** Takes training steps on a random model, of plain fine-tuning by default, through the packages that a run of `rose` uses. */
export async function createTrainer(
  { shape, ...size }: Pick<PointTask, 'shape' | 'batch' | 'length'>,
  { objective, selection, dropoutRate }: Method = plain,
) {
  const model = randomBert({ shape, classes: 2, seed });
  const optimizer = await Optimizer.create(model, adam);
  // Our rule passes over weights that never had a gradient: words that no batch held. Not here, where no word is new.
  for (const { variance } of optimizer.states.values()) variance.fill(1e-8);
  const lastUpdate = stopwatch(optimizer);
  const contextOf = ({ batch, labels }: RandomRows, step: number) =>
    new StepContext({ model, batch, labels, seed, step, dropoutRate });
  await prepareSelection({
    ...{ model, selection, optimizer, settings: { seed, maxGradientNorm: 0 } },
    // The time of this is not measured: one batch in the place of an epoch will do.
    set: {
      stepsPerEpoch: 1,
      batches: () => [{ rows: [...Array(size.batch).keys()], length: size.length }],
      context: (_, step) => contextOf(randomRows({ ...size, shape }, step), step),
      idsOf: () => 'random',
    },
  });
  let step = 0;

  /** One whole step on rows of `length` tokens: dropout masks, forward, backward, AdamW. */
  return async (length = size.length): Promise<Timing & { optimizerMs: number }> => {
    step += 1;
    const rows = randomRows({ ...size, shape, length }, step);
    const start = performance.now();
    await trainingStep({
      context: contextOf(rows, step),
      objective,
      selection,
      optimizer,
      learningRate,
      maxGradientNorm: 0,
      warmingUp: false,
    });
    return { ms: performance.now() - start, optimizerMs: lastUpdate() };
  };
}

/** Whole training steps, and the optimizer's part of them. */
export async function trainTask(task: PointTask): Promise<Repeat> {
  const step = await createTrainer(task);
  return () => step();
}

/** Whole training steps of one variant, past the warm-up. */
export async function methodTask({ variant, shape, batch, length }: MethodTask): Promise<Repeat> {
  const step = await createTrainer({ shape, batch, length }, findMethod(variant));
  return () => step();
}

/** Times what the optimizer does within a step; the answer is the time of its last update. */
function stopwatch(optimizer: Optimizer): () => number {
  const apply = optimizer.apply.bind(optimizer);
  let ms = 0;
  optimizer.apply = (step) => {
    const start = performance.now();
    apply(step);
    ms = performance.now() - start;
  };
  return () => ms;
}
