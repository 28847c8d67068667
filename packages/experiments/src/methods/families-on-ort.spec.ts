import { join } from 'node:path';
import { startBackend } from '@rose/backends';
import { collate, families, loadClassifier, readSafetensors } from '@rose/encoders';
import { StepContext, evaluateTogether } from '@rose/fine-tuning';
import { type FamilyCase, familyCases, folderWithTokenizer, worstError } from '@rose/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, givenExperiment } from '../testing/given-experiment.js';
import { findVariant } from './variants.js';

/** The largest error of a tensor, as a share of its largest element. */
const tolerance = 2e-5;

/** The others are compositions of kernels that the conformance tests cover. */
const activations = ['gelu', 'relu'];

const { experiment } = givenExperiment({ variants: ['vanilla'] });
const { objective } = findVariant('vanilla', experiment, catalogue.methods);

/** The loss and the gradients of a case, by one compiled graph. */
async function resultsOf(golden: FamilyCase): Promise<Map<string, ArrayLike<number>>> {
  const { classes, sequences, padId, labels } = golden;
  const model = await loadClassifier({ model: await folderWithTokenizer(golden, 0), classes, seed: 1 });
  const batch = collate(sequences, { padId });
  const context = new StepContext({ model, batch, labels: Int32Array.from(labels), seed: 1, step: 1 });
  const { loss, gradients } = await objective.gradients(context);
  await evaluateTogether([loss, ...gradients.values()]);
  const results = new Map<string, ArrayLike<number>>([['loss', await loss.data()]]);
  for (const [name, gradient] of gradients) results.set(`gradients.${name}`, await gradient.data());
  context.dispose();
  model.dispose();
  return results;
}

describe("every family against Python's transformers, on ort", () => {
  beforeAll(() => startBackend({ name: 'ort', threads: 1 }));

  for (const golden of familyCases()) {
    if (golden.problem !== 'classification' || !activations.includes(golden.activation)) continue;
    it.runIf(families.has(golden.modelType))(golden.name, async () => {
      const { tensors } = await readSafetensors(join(golden.folder, 'goldens.safetensors'));
      const expected = new Map(
        [...tensors].flatMap(([name, { data }]) => (/^(loss$|gradients\.)/.test(name) ? [[name, data]] : [])),
      );
      const { name, error } = worstError(await resultsOf(golden), expected);
      expect(error, name).toBeLessThan(tolerance);
    });
  }
});
