import type { Safetensors, TextClassifier } from '@rose/encoders';
import { composeSelections, Optimizer, trainingStep } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { objectiveOf, readGoldenTensors, readGoldens, loadTinyBert } from './testing/goldens.js';
import { RecordedContext } from './testing/recorded-context.js';

const TOLERANCE = 1e-5;
const goldens = readGoldens();

/** Five optimizer steps with the batches, masks and noise of the goldens. */
async function train(model: TextClassifier, index: number, tensors: Safetensors['tensors']) {
  const objective = objectiveOf(goldens.cases[index] as (typeof goldens.cases)[number]);
  const optimizer = await Optimizer.create(model, goldens.settings);
  const losses: number[] = [];
  for (const step of goldens.steps.keys()) {
    const noiseOf = (name: string) => tensors.get(`noise.${step}.${name}`)?.data ?? new Float32Array();
    const noise = { uniform: noiseOf('uniform'), normal: noiseOf('normal') };
    const context = new RecordedContext(model, { goldens, index: step, noise });
    const { loss } = await trainingStep({
      context,
      objective,
      selection: composeSelections([]),
      optimizer,
      learningRate: goldens.settings.learningRate,
      maxGradientNorm: goldens.settings.maxGradientNorm,
      warmingUp: false,
    });
    losses.push(loss);
  }
  return { optimizer, losses };
}

const sampled = (values: Float32Array) =>
  values.length > goldens.small ? values.filter((_, i) => i % goldens.stride === 0) : values;

/** The largest |error| / (|x| + rms) of a tensor. */
function relativeError(actual: Float32Array, golden: Float32Array): number {
  const rms = Math.sqrt(golden.reduce((sum, x) => sum + x * x, 0) / golden.length);
  // Where nothing should be, nothing must be.
  const errors = actual.map((x, i) =>
    x === golden[i] ? 0 : Math.abs(x - (golden[i] ?? NaN)) / (Math.abs(golden[i] ?? NaN) + rms),
  );
  return errors.reduce((largest, error) => (error <= largest ? largest : error), 0);
}

/** The gradient of a key's bias is 0: softmax does not see a shift of all scores. Its moments are rounding. */
const isZeroInTheory = (parameter: string) => parameter.endsWith('.key.bias');

describe('five steps on the tiny BERT against PyTorch in float64', () => {
  let tensors: Safetensors['tensors'];
  beforeAll(async () => {
    await tf.setBackend('cpu');
    tensors = await readGoldenTensors();
  });

  it.each(goldens.cases.map((golden, index) => ({ ...golden, index, title: JSON.stringify(golden.options) })))(
    '$method $title',
    async ({ index, losses: expected }) => {
      const model = await loadTinyBert(3);
      const before = tf.memory().numTensors;
      const { optimizer, losses } = await train(model, index, tensors);
      expect(tf.memory().numTensors).toBe(before);
      losses.forEach((loss, t) => expect(Math.abs(loss / (expected[t] ?? NaN) - 1)).toBeLessThan(TOLERANCE));

      const wrong: string[] = [];
      for (const kind of ['weights', 'momentum', 'variance'] as const) {
        const golden = tensors.get(`${index}.${kind}`)?.data ?? new Float32Array();
        let start = 0;
        for (const name of goldens.parameters) {
          const actual = sampled(optimizer.state(name)[kind]);
          const error = relativeError(actual, golden.subarray(start, (start += actual.length)));
          if (!(error < TOLERANCE) && !isZeroInTheory(name)) wrong.push(`${kind} of ${name}: ${error}`);
        }
        expect(start).toBe(golden.length);
      }
      expect(wrong).toEqual([]);
      model.dispose();
    },
  );
});
