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
        add(parts, { name: 'bert.embeddings.position_ids', shape: [1, 40], dtype: 'I64', bytesEach: 8 });
        add(parts, { name: 'cls.predictions.bias', shape: [60], dtype: 'I8', bytesEach: 1 });
        add(parts, { name: 'qa_outputs.weight', shape: [2, 32], dtype: 'F64', bytesEach: 8 });
        add(parts, { name: 'lm_head.bias', shape: [1] });
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
