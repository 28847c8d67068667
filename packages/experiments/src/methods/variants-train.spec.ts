import path from 'node:path';
import { startBackend } from '@rose/backends';
import { type TextClassifier, loadClassifier } from '@rose/encoders';
import { argmax, predict, train } from '@rose/fine-tuning';
import { InterruptedError } from '@rose/foundation';
import type { Example } from '@rose/glue';
import { temporaryFolder, tinyBert } from '@rose/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { applySettings, resolveSettings } from '../experiment/resolve-settings.js';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { allMethods } from './methods.js';
import { findVariant } from './variants.js';

const variants = [
  ...allMethods(catalogue.methods).map(({ name }) => name),
  ...['r3f+rose-ensemble', 'freelb+rose-first', 'r-drop+child-tuning-d', 'pgd+mixout', 'smart+rose-second'],
  ...[
    'rose-first+child-tuning-d',
    'rose-ensemble+mixout',
    'rose-second+top-layers',
    'rose-second+child-tuning-f+mixout',
  ],
];

/** Eight sentences of either kind; the fixture's vocabulary has the words, all but a few. */
const examples: Example[] = ['film', 'movie', 'plot', 'story', 'actor', 'scene', 'dog', 'house'].flatMap((noun, i) =>
  [`a ${i % 2 ? 'bad' : 'dull'} ${noun}`, `the ${noun} is ${i % 3 ? 'good' : 'funny'}`].map((text, label) => ({
    id: 2 * i + label,
    texts: [text],
    label,
  })),
);

const { experiment, given } = givenExperiment({
  variants,
  training: { epochs: 30, batchSize: 8, learningRate: 5e-3 },
  topLayers: { layers: 1 },
  // As it is published, nine weights of ten are the pretrained ones: here these are random.
  mixout: { p: 0.5 },
});

const load = () => loadClassifier({ model: tinyBert, classes: 2, seed: 1, maxLength: 16 });

/** How many of the sentences a model gets right. */
async function right(model: TextClassifier): Promise<number> {
  const sequences = examples.map(({ texts }) => model.tokenizer.encode(texts, model.maxLength));
  const predictions = (await predict(model, sequences)).map(argmax);
  return examples.filter(({ label }, i) => label === predictions[i]).length;
}

interface Training {
  readonly name: string;
  readonly folder: string;
  readonly epochs?: number;
  readonly stopAfter?: number;
  readonly rose?: object;
}

async function trainVariant(model: TextClassifier, { name, folder, epochs, stopAfter, rose }: Training): Promise<void> {
  const { methods } = catalogue;
  const changed = { ...experiment, rose: { ...(experiment['rose'] as object), ...rose } };
  const of = { variant: name, task: 'sst2', size: undefined };
  const settled = applySettings(changed, resolveSettings({ experiment: changed, given, methods, of }));
  const { training } = settled;
  const { objective, selection, dropoutRate } = findVariant(name, settled, methods);
  const controller = new AbortController();
  await train({
    model,
    objective,
    selection,
    examples,
    settings: { ...training, epochs: epochs ?? training.epochs, seed: 1, dropoutRate },
    evaluate: async () => 0,
    onBest: async () => undefined,
    onLog: (entry) => {
      if (entry.kind === 'step' && entry.step === stopAfter) controller.abort();
    },
    state: { file: path.join(folder, `${name}.safetensors`), identity: name },
    signal: controller.signal,
  });
}

describe('every variant', () => {
  beforeAll(() => startBackend({ name: 'ort', threads: 1 }));

  it.each(variants)('%s learns sixteen sentences by heart', async (name) => {
    const model = await load();
    expect(await right(model)).toBeLessThan(examples.length);
    await trainVariant(model, { name, folder: await temporaryFolder() });
    expect(await right(model)).toBe(examples.length);
    model.dispose();
  });

  // Those that carry something from step to step, or find it out before the first.
  it.each([
    ['child-tuning-f', {}],
    ['child-tuning-d', {}],
    ['top-layers', {}],
    ['mixout', {}],
    ['rose-ensemble', { granularity: 'element', ratio: 'bias-corrected' }],
    ['rose-ensemble+child-tuning-f+mixout', {}],
  ])('%s ends in the same bits when it was stopped and taken up again', async (name, rose) => {
    const [unbroken, stopped, resumed] = [await load(), await load(), await load()];
    const training = { name, folder: await temporaryFolder(), rose, epochs: 3 };
    await trainVariant(unbroken, training);
    await expect(trainVariant(stopped, { ...training, stopAfter: 3 })).rejects.toThrow(InterruptedError);
    await trainVariant(resumed, training);
    for (const [parameter, variable] of unbroken.parameters) {
      expect(await resumed.parameters.get(parameter)?.data(), parameter).toEqual(await variable.data());
    }
    for (const model of [unbroken, stopped, resumed]) model.dispose();
  });
});
