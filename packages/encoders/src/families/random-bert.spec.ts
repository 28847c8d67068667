import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { disposeBatch, toTensors } from '../batch/batch-tensors.js';
import { type BertShape, randomBert } from './random-bert.js';

const shape: BertShape = {
  num_hidden_layers: 2,
  hidden_size: 24,
  num_attention_heads: 3,
  intermediate_size: 48,
  vocab_size: 500,
  max_position_embeddings: 16,
  type_vocab_size: 1,
};

describe('randomBert', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('has the parameters of its shape, spread as a BERT starts', async () => {
    const model = randomBert({ shape, classes: 3, seed: 1 });
    const values = (name: string) => model.parameters.get(name)?.data();
    const words = Array.from((await values('bert.embeddings.word_embeddings.weight')) ?? []);
    expect(words).toHaveLength(500 * 24);
    expect(Math.sqrt(words.reduce((sum, x) => sum + x * x, 0) / words.length)).toBeCloseTo(0.02, 3);
    expect(new Set(await values('bert.encoder.layer.1.output.LayerNorm.weight'))).toEqual(new Set([1]));
    expect(new Set(await values('bert.encoder.layer.1.output.dense.bias'))).toEqual(new Set([0]));
    expect(model.parameters.has('bert.encoder.layer.2.output.dense.bias')).toBe(false);
    expect(model.freshParameters).toEqual([]);
    model.dispose();
  });

  it('answers ids with finite logits, the same for the same seed', async () => {
    const logitsOf = async (seed: number) => {
      const model = randomBert({ shape, classes: 3, seed });
      const [ids, typeIds, mask] = [new Int32Array(20).fill(7), new Int32Array(20), new Float32Array(20).fill(1)];
      const batch = toTensors({ rows: 2, length: 10, ids, typeIds, mask });
      const logits = tf.tidy(() => model.logits(batch));
      const values = Array.from(await logits.data());
      logits.dispose();
      disposeBatch(batch);
      model.dispose();
      return values;
    };
    const first = await logitsOf(1);
    expect(first).toHaveLength(6);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(await logitsOf(1)).toEqual(first);
    expect(await logitsOf(2)).not.toEqual(first);
  });

  it('refuses sizes that make no BERT, and has no words', () => {
    expect(() => randomBert({ shape: { ...shape, num_attention_heads: 5 }, classes: 2, seed: 1 })).toThrow(
      'cannot be shared out among 5 heads',
    );
    const model = randomBert({ shape, classes: 2, seed: 1 });
    expect(() => model.tokenizer.encode(['word'], 8)).toThrow('no vocabulary');
    model.dispose();
  });
});
