import { join } from 'node:path';
import { startBackend } from '@rose/backends';
import { type TextClassifier, collate, families, loadClassifier, readSafetensors } from '@rose/encoders';
import { Optimizer, type ParameterState, trainingStep } from '@rose/fine-tuning';
import { isMaskable } from '@rose/rose-core';
import {
  type FamilyCase,
  type FamilyTraining,
  familyCases,
  familyTraining,
  folderWithTokenizer,
  worstError,
} from '@rose/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { GivenContext, GivenMasks } from '../testing/given-masks.js';
import { findVariant } from './variants.js';

/** The largest error of a tensor, as a share of its largest element. */
const tolerance = 1e-4;

const kinds = ['weights', 'momentum', 'variance'] as const;

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
        const of = (states: ReadonlyMap<string, ParameterState>) =>
          new Map([...states].map(([name, { [kind]: values }]) => [name, values]));
        const { name, error } = worstError(of(found.optimizer.states), of(expected));
        expect(error, `${kind} of ${name}`).toBeLessThan(tolerance);
      }
    });
  }
});
