import { loadClassifier } from '@rose/encoders';
import { type EpochBatch, Optimizer, TrainingSet, prepareSelection, trainingStep } from '@rose/fine-tuning';
import { RandomStream } from '@rose/foundation';
import { tinyBert } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import {
  type SelectionsGoldens,
  digest,
  expectedDigests,
  goldenExamples,
  readSelectionsGoldens,
  recordedStream,
} from '../testing/selections-goldens.js';
import { findVariant } from './variants.js';

type GoldenCase = SelectionsGoldens['cases'][number];

const { settings, bits, cases } = readSelectionsGoldens();
const examples = goldenExamples();
const seed = 1;

/** |error| / (|x| + rms) must stay below. */
const tolerance = 1e-5;

/** The rows in the batches that PyTorch took them in. */
class RecordedSet extends TrainingSet {
  override batches(): EpochBatch[] {
    return settings.fisherBatches.map((rows) => this.batchOf(rows));
  }

  batchOf(rows: readonly number[]): EpochBatch {
    const { model } = this.options;
    const lengths = rows.map((row) => model.tokenizer.encode(examples[row]?.texts ?? [], model.maxLength).ids.length);
    return { rows, length: Math.max(...lengths) };
  }
}

/** The variant of a case with the settings that the case gives. */
function variantOf({ variant, rose, childTuning, topLayers, mixout }: GoldenCase) {
  const { experiment } = givenExperiment({
    variants: [variant],
    training: { beta1: settings.beta1 },
    ...{ childTuning, topLayers, mixout },
    rose: { klDropout: settings.klDropout, ...rose },
  });
  return findVariant(variant, experiment, catalogue.methods);
}

async function train(golden: GoldenCase) {
  const { objective, selection, dropoutRate } = variantOf(golden);
  const model = await loadClassifier({ model: tinyBert, classes: 3, seed, maxLength: 40 });
  const set = new RecordedSet({ model, examples, batchSize: 2, seed, dropoutRate });
  const optimizer = await Optimizer.create(model, settings);
  await prepareSelection({ model, selection, optimizer, set, settings: { ...settings, seed } });
  const losses: number[] = [];
  for (const [i, learningRate] of settings.learningRates.entries()) {
    const { loss } = await trainingStep({
      context: set.context(set.batchOf([...examples.keys()]), i + 1),
      objective,
      selection,
      optimizer,
      learningRate,
      maxGradientNorm: settings.maxGradientNorm,
      warmingUp: i < (golden.warmup ?? 0),
    });
    losses.push(loss);
  }
  model.dispose();
  return { losses, optimizer };
}

/** The gradient of a key's bias is 0 but for rounding: softmax does not see what is added to all scores of a query. */
const isRounding = (parameter: string) => parameter.endsWith('key.bias');

describe('five steps of the tiny BERT against PyTorch in float64', () => {
  beforeAll(async () => void (await tf.setBackend('cpu')));
  afterEach(() => void vi.restoreAllMocks());

  const named = cases.map(
    ({ losses, expected, ...settings }) => [JSON.stringify(settings), { ...settings, losses, expected }] as const,
  );

  it.each(named)('%s', async (_, golden) => {
    vi.spyOn(RandomStream, 'of').mockImplementation((...labels) => recordedStream(bits, labels) as RandomStream);
    const { losses, optimizer } = await train(golden);
    golden.losses.forEach((loss, i) => expect(losses[i]).toBeCloseTo(loss, 5));

    const { samples } = settings;
    const worst = { error: 0, where: '' };
    for (const { parameter, kind, values } of expectedDigests(golden, {
      parameters: optimizer.states.keys(),
      samples,
    })) {
      const found = optimizer.state(parameter)[kind];
      const [norm = 0] = values;
      if (isRounding(parameter) && kind !== 'weights') {
        expect(Math.max(...found.map(Math.abs))).toBeLessThan(1e-8);
        continue;
      }
      const rms = norm / Math.sqrt(found.length);
      digest(found, samples).forEach((x, i) => {
        const y = values[i] ?? Number.NaN;
        const error = x === y ? 0 : Math.abs(x - y) / (i === 1 ? norm : Math.abs(y) + rms);
        if (!(error <= worst.error)) Object.assign(worst, { error, where: `${kind} of ${parameter}, number ${i}` });
      });
    }
    expect(worst.error, worst.where).toBeLessThan(tolerance);
  });
});
