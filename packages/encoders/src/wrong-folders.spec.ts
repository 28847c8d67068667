import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { add, sharded, withWeights, wrongFolder, wrongFolders } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkModel, loadClassifier } from './load-classifier.js';

beforeAll(() => tf.setBackend('cpu'));

const refusal = async (attempt: Promise<unknown>): Promise<InputError> => {
  const error = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
};

describe('a folder with', () => {
  it.each(wrongFolders)('$name is refused, with the file and what to do', async (wrong) => {
    const model = await wrongFolder(wrong);
    const before = tf.memory().numTensors;
    const loaded = await refusal(loadClassifier({ model, classes: 3, seed: 1 }));
    expect(tf.memory().numTensors).toBe(before);
    expect(loaded.message).toContain(wrong.message);
    expect(loaded.where).toBe(join(model, wrong.file));
    expect(loaded.hint).toContain(wrong.hint);
    // Without loading it: the same words.
    const checked = await refusal(checkModel({ model, classes: 3, seed: 1, finite: true }));
    expect({ ...checked, message: checked.message }).toEqual({ ...loaded, message: loaded.message });
  });

  it('what is not used of any type and any value is read', async () => {
    const model = await wrongFolder({
      spoil: withWeights((parts) => {
        add(parts, 'bert.embeddings.position_ids', [1, 40], 'I64', 8);
        add(parts, 'cls.predictions.bias', [60], 'I8', 1);
        add(parts, 'qa_outputs.weight', [2, 32], 'F64', 8);
        add(parts, 'lm_head.bias', [1]);
        parts.data.writeFloatLE(NaN, parts.data.length - 4);
      }),
    });
    const classifier = await loadClassifier({ model, classes: 3, seed: 1 });
    expect(classifier.notes).toEqual(['left aside: cls.*, qa_outputs.*, lm_head.*']);
    expect(await checkModel({ model, classes: 3, seed: 1, finite: true })).toEqual(classifier.notes);
    classifier.dispose();
  });

  it('shards and an index is read as one file', async () => {
    const [whole, parts] = await Promise.all(
      [() => Promise.resolve(), sharded()].map(async (spoil) =>
        loadClassifier({ model: await wrongFolder({ spoil }), classes: 3, seed: 1 }),
      ),
    );
    expect([...(parts?.parameters.keys() ?? [])]).toEqual([...(whole?.parameters.keys() ?? [])]);
    for (const [name, variable] of whole?.parameters ?? []) {
      expect(await parts?.parameters.get(name)?.data()).toEqual(await variable.data());
    }
    whole?.dispose();
    parts?.dispose();
  });
});
