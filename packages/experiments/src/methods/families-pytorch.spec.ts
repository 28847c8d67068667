import { join } from 'node:path';
import { startBackend } from '@rose/backends';
import { DropoutMasks, type TextClassifier, collate, families, loadClassifier, readSafetensors } from '@rose/encoders';
import { Optimizer, type ParameterState, StepContext, trainingStep } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { isMaskable } from '@rose/rose-core';
import { type FamilyCase, type FamilyTraining, familyCases, familyTraining, folderWithTokenizer } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { findVariant } from './variants.js';

/** The largest error of a tensor, as a share of its largest element. */
const tolerance = 1e-4;
/** Moments smaller than this share of the largest of their kind are held to it instead. Those of key biases are 0 in theory. */
const floor = 1e-3;

const kinds = ['weights', 'momentum', 'variance'] as const;

/** The masks that PyTorch was given. For the last layer ours may ask for those of the first tokens alone. */
class GivenMasks extends DropoutMasks {
  private place = 0;
  private readonly given: tf.Tensor[] = [];

  constructor(
    private readonly labels: readonly (string | number)[],
    private readonly shapes: FamilyTraining['maskShapes'],
  ) {
    super(RandomStream.of('not asked'));
  }

  override next(shape: readonly number[], rate: number): tf.Tensor {
    const place = this.place++;
    return (this.given[place] ??= tf.keep(tf.tidy(() => this.maskOf(place, shape, rate))));
  }

  override rewind(): void {
    this.place = 0;
  }

  override dispose(): void {
    tf.dispose(this.given);
    this.given.length = 0;
    this.place = 0;
  }

  private maskOf(place: number, shape: readonly number[], rate: number): tf.Tensor {
    const full = [...(this.shapes[place] ?? [])];
    const bits = RandomStream.of(...this.labels, place).bernoulli(tf.util.sizeFromShape(full), 1 - rate);
    const mask = tf.tensor(bits, full, 'bool');
    const size = tf.util.sizeFromShape([...shape]);
    if (size === mask.size) return tf.reshape(mask, [...shape]);
    // Tokens are the last axis but one.
    const first = full.map((length, axis) => (axis === full.length - 2 ? 1 : length));
    if (full.length < 3 || size !== tf.util.sizeFromShape(first)) {
      throw new Error(
        `Place ${place} drops [${full.join(', ')}] in transformers; ours asks for [${shape.join(', ')}].`,
      );
    }
    return tf.reshape(
      tf.slice(
        mask,
        full.map(() => 0),
        first,
      ),
      [...shape],
    );
  }
}

class GivenContext extends StepContext {
  constructor(
    options: ConstructorParameters<typeof StepContext>[0],
    private readonly masks: DropoutMasks,
  ) {
    super(options);
  }

  protected override drawMasks(): DropoutMasks {
    return this.masks;
  }
}

async function train(golden: FamilyCase, training: FamilyTraining, method: string) {
  const { settings, learningRates, rate, draw, maskShapes, rose } = training;
  const { experiment } = givenExperiment({ variants: [method], training: { beta1: settings.beta1 }, rose });
  const { objective, selection } = findVariant(method, experiment, catalogue.methods);
  const folder = await folderWithTokenizer(golden, method === 'vanilla' ? 0 : rate);
  const model = await loadClassifier({ model: folder, classes: golden.classes, seed: 1 });
  const optimizer = await Optimizer.create(model, settings);
  const losses: number[] = [];
  for (const [i, learningRate] of learningRates.entries()) {
    const context = new GivenContext(
      {
        model,
        batch: collate(golden.sequences, { padId: golden.padId }),
        labels: Int32Array.from(golden.labels),
        seed: 1,
        step: i + 1,
      },
      new GivenMasks(['families', golden.name, draw, i + 1], maskShapes),
    );
    const { loss } = await trainingStep({
      ...{ context, objective, selection, optimizer, learningRate },
      maxGradientNorm: settings.maxGradientNorm,
      warmingUp: false,
    });
    losses.push(loss);
  }
  model.dispose();
  return { losses, optimizer, model };
}

/** What PyTorch has in the end, by parameter. */
async function trained({ folder }: FamilyCase, { parameters }: FamilyTraining, method: string) {
  const { tensors } = await readSafetensors(join(folder, 'training.safetensors'));
  const states = new Map<string, ParameterState>();
  let at = 0;
  for (const { name, size } of parameters) {
    const part = (kind: string) => tensors.get(`${method}.${kind}`)?.data.subarray(at, at + size) ?? new Float32Array();
    states.set(name, { weights: part('weights'), momentum: part('momentum'), variance: part('variance') });
    at += size;
  }
  return states;
}

const largest = (values: Float32Array): number => values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function difference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] ?? Number.NaN))), 0);
}

function expectSameRules({ parameters }: TextClassifier, training: FamilyTraining): void {
  expect([...parameters.keys()].sort()).toEqual(training.parameters.map(({ name }) => name).sort());
  expect([...parameters.keys()].filter(isMaskable)).toHaveLength(training.maskable);
}

const cases = familyCases().flatMap((golden) => {
  const training = familyTraining(golden);
  return training ? { golden, training } : [];
});

describe.each(['cpu', 'ort'])('five steps against PyTorch in float64, on %s', (backend) => {
  beforeAll(() => startBackend({ name: backend, threads: 1 }));

  for (const { golden, training } of cases) {
    const methods = Object.entries(training.methods);
    it.runIf(families.has(golden.modelType)).each(methods)(`${golden.modelType}: %s`, async (method, { losses }) => {
      const found = await train(golden, training, method);
      expectSameRules(found.model, training);
      losses.forEach((loss, i) => expect(found.losses[i]).toBeCloseTo(loss, 5));
      const expected = await trained(golden, training, method);
      for (const kind of kinds) {
        const smallest = floor * Math.max(...[...expected.values()].map((state) => largest(state[kind])));
        for (const [name, { [kind]: values }] of expected) {
          const error = difference(found.optimizer.state(name)[kind], values) / Math.max(largest(values), smallest);
          expect(error, `${kind} of ${name}`).toBeLessThan(tolerance);
        }
      }
    });
  }
});
