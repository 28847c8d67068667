import { type ParameterState, adamW, trainingStep, Optimizer, StepContext, prepareSelection } from '@rose/fine-tuning';
import { type TextClassifier, collate, loadClassifier } from '@rose/encoders';
import { InputError } from '@rose/foundation';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { allMethods } from './methods.js';
import { findVariant } from './variants.js';

const fourteen = allMethods(catalogue.methods)
  .map(({ name }) => name)
  .filter((name) => name !== 'two-pass');
const { objectives } = catalogue.methods;

const sentences = ['a good film', 'a bad film', 'the plot is dull', 'the scene is funny'];
const labels = Int32Array.of(1, 0, 0, 1);
const adam = { beta1: 0.9, beta2: 0.98, epsilon: 1e-6, weightDecay: 0.01 };

/** The weights and moments after a few steps of a variant. */
async function trained(variant: string, change: object = {}, steps = 3): Promise<ReadonlyMap<string, ParameterState>> {
  const model = await loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });
  const { experiment } = givenExperiment({ variants: [variant], topLayers: { layers: 1 }, ...change });
  const { objective, selection, dropoutRate } = findVariant(variant, experiment, catalogue.methods);
  const optimizer = await Optimizer.create(model, adam);
  const contextAt = (step: number) =>
    new StepContext({ model, batch: batchOf(model), labels, seed: 1, step, dropoutRate });
  await prepareSelection({
    ...{ model, selection, optimizer, settings: { seed: 1, maxGradientNorm: 1 } },
    set: {
      stepsPerEpoch: 1,
      batches: () => [{ rows: [0, 1, 2, 3], length: 16 }],
      context: (_, step) => contextAt(step),
      idsOf: () => 'all',
    },
  });
  for (let step = 1; step <= steps; step++) {
    const context = contextAt(step);
    const { loss } = await trainingStep({
      ...{ context, objective, selection, optimizer },
      learningRate: 1e-3,
      maxGradientNorm: 1,
      warmingUp: false,
    });
    expect(loss).toBeGreaterThan(0);
  }
  const states = new Map(
    [...optimizer.states].map(([name, { weights, momentum, variance }]) => [
      name,
      { weights: weights.slice(), momentum: momentum.slice(), variance: variance.slice() },
    ]),
  );
  model.dispose();
  return states;
}

function batchOf({ tokenizer }: TextClassifier) {
  const sequences = sentences.map((text) => tokenizer.encode([text], 16));
  return collate(sequences, { padId: tokenizer.padId, length: 8 });
}

describe('every pair of the fourteen', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));

  it('is fourteen methods', () => expect(fourteen).toHaveLength(14));

  const pairs = fourteen.flatMap((a, i) => fourteen.slice(i + 1).map((b) => [a, b] as const));
  // The objective comes first.
  const ordered = pairs.map(([a, b]) => (objectives.has(b) && !objectives.has(a) ? [b, a] : [a, b]));
  const isTraining = ([a = '', b = '']: readonly string[]) =>
    !(objectives.has(a) && objectives.has(b)) && `${a}+${b}` !== 'r-drop+mixout';

  it.each(ordered.filter(isTraining).map((pair) => [pair.join('+')]))('%s trains', async (variant) => {
    const states = await trained(variant, {}, 1);
    expect(states.size).toBeGreaterThan(10);
  });

  it.each(ordered.filter((pair) => !isTraining(pair)).map((pair) => [pair.join('+')]))(
    '%s says why it does not',
    (variant) => {
      const { experiment } = givenExperiment({ variants: [variant] });
      const attempt = () => findVariant(variant, experiment, catalogue.methods);
      expect(attempt).toThrow(InputError);
      expect(attempt).toThrow(/in one way only|has a dropout rate of 0/);
    },
  );
});

describe('a composition', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));
  const everything = { rose: { upper: 100 }, childTuning: { p: 1 } };

  it.each([
    // What lets everything through leaves the other as it is alone, to the bit.
    ['rose-second+child-tuning-d', 'rose-second', { childTuning: { p: 1 } }],
    ['rose-second+child-tuning-f', 'rose-second', { childTuning: { p: 1 } }],
    ['rose-second+child-tuning-d', 'child-tuning-d', { rose: { upper: 100 } }],
    ['vanilla+rose-first+child-tuning-d', 'vanilla', { ...everything, rose: { upper: 100, klDropout: 0.1 } }],
    ['rose-second+top-layers', 'top-layers', { rose: { upper: 100 } }],
    ['rose-second+mixout', 'mixout', { rose: { upper: 100 } }],
  ])('%s is %s where the other lets everything through', async (both, alone, change) => {
    const [together, single] = [await trained(both, change), await trained(alone, change)];
    for (const [name, state] of single) expect(together.get(name), name).toEqual(state);
  });

  it('of ROSE and CHILD-Tuning-D moves only what both let through', async () => {
    const before = await trained('vanilla', {}, 0);
    const moved = async (variant: string) => {
      const after = await trained(variant, { rose: { upper: 40 }, childTuning: { p: 0.3 } }, 1);
      const name = 'bert.encoder.layer.0.attention.self.query.weight';
      const [from, to] = [before.get(name)?.weights, after.get(name)?.weights];
      return [...(to ?? [])].map((w, i) => w !== from?.[i]);
    };
    const [both, child] = [await moved('rose-first+child-tuning-d'), await moved('child-tuning-d')];
    // A mask of the whole tensor: all that CHILD-Tuning-D moves, or nothing.
    const some = both.some(Boolean);
    expect(both).toEqual(some ? child : child.map(() => false));
  });

  it('counts the cost of all its parts', () => {
    const { experiment } = givenExperiment({ variants: ['freelb+rose-first+mixout'] });
    expect(findVariant('freelb+rose-first+mixout', experiment, catalogue.methods).cost).toBeCloseTo(3 + 4 / 3, 12);
  });

  it('has the dropout rate of the part that compares dropout passes', () => {
    const rateOf = (variant: string, change: object = {}) =>
      findVariant(variant, givenExperiment({ variants: [variant], ...change }).experiment, catalogue.methods)
        .dropoutRate;
    expect(rateOf('mixout')).toBe(0);
    expect(rateOf('rose-ensemble+mixout')).toBe(0.1);
    expect(rateOf('mixout+rose-ensemble', { rose: { klDropout: 0.2 } })).toBe(0.2);
  });

  it('is trained with plain AdamW where no part masks an update', () => {
    const { experiment } = givenExperiment({ variants: ['child-tuning-d+mixout'] });
    expect(findVariant('child-tuning-d+mixout', experiment, catalogue.methods).selection.rule).toBe(adamW);
  });
});
