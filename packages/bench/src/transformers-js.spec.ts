import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { env, pipeline } from '@huggingface/transformers';
import { collate, disposeBatch, loadClassifier, toTensors } from '@rose/encoders';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { findShape } from './tasks/models.js';
import { BenchProgram } from './program.js';
import type { Task } from './tasks/protocol.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = path.join(root, '.cache/all-MiniLM-L6-v2-onnx');
const command = (...args: string[]) => [
  process.execPath,
  path.join(root, 'tools/bench/transformers-js.mjs'),
  ...args,
  '--serve',
];
const shape = { max_position_embeddings: 512, type_vocab_size: 2, ...findShape('minilm') };
const task: Task = { bench: 'inference', shape, batch: 2, length: 5, threads: 1 };

describe('tools/bench/transformers-js.mjs', () => {
  it('says what it cannot do', async () => {
    await expect(BenchProgram.start(command('anywhere'), { ...task, bench: 'train' })).rejects.toThrow(
      'inference only',
    );
    await expect(BenchProgram.start(command(), task)).rejects.toThrow('usage');
  });
});

describe.skipIf(!existsSync(folder))(
  'transformers.js (skipped without the folder of tools/bench/export_onnx.py)',
  { timeout: 240_000 },
  () => {
    it.each([
      [[], 'ids to probabilities'],
      [['--texts'], 'texts to labels'],
    ])('is measured %j', async (options, variant) => {
      const { program, ready } = await BenchProgram.start(command(folder, ...options), task);
      expect(ready.ready).toMatch(/^transformers\.js \d.*, onnxruntime-node \d/);
      expect(ready.variant).toContain(variant);
      const { repeats } = await program.round({ warmup: 0, repeats: 2 });
      expect(repeats).toHaveLength(2);
      await program.end();
    });

    it('refuses a shape that its model does not have', async () => {
      const other = { ...task, shape: { ...shape, hidden_size: 768 } };
      await expect(BenchProgram.start(command(folder), other)).rejects.toThrow('hidden_size 384');
    });

    it('computes what we compute', async () => {
      const texts = [
        'a moving, intelligent film',
        'dull',
        'It is neither good nor bad, and far too long for what it says.',
      ];
      env.allowRemoteModels = false;
      env.localModelPath = path.dirname(folder);
      const session = { intraOpNumThreads: 1, interOpNumThreads: 1 };
      const { tokenizer, model: theirs } = await pipeline('text-classification', path.basename(folder), {
        dtype: 'fp32',
        session_options: session,
      });
      const { logits: expected } = (await theirs(tokenizer(texts, { padding: true }))) as {
        logits: { data: Float32Array };
      };

      await tf.setBackend('cpu');
      const ours = await loadClassifier({ model: folder, classes: 2, seed: 1 });
      const sequences = texts.map((text) => ours.tokenizer.encode([text], ours.maxLength));
      const batch = toTensors(collate(sequences, { padId: ours.tokenizer.padId }));
      const logits = await tf.tidy(() => ours.logits(batch)).data();
      disposeBatch(batch);
      ours.dispose();
      expect(logits).toHaveLength(6);
      logits.forEach((logit, i) => expect(Math.abs(logit - (expected.data[i] ?? NaN))).toBeLessThan(1e-6));
    });
  },
);
