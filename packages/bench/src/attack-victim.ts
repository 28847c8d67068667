import type { Victim } from '@rose/attacks';
import { AttackedText } from '@rose/attacks/parts';
import { type TokenSequence, collate, disposeBatch, loadClassifier, toTensors } from '@rose/encoders';
import { type BertShape, randomBert } from '@rose/encoders/internal';
import { predict } from '@rose/fine-tuning';
import type { Example } from '@rose/glue';
import * as tf from '@tensorflow/tfjs-core';

/** Most tokens of a text, as for victims of ours; and what TextAttack pads every text to, for models of 512 positions. */
const MAX_LENGTH = 128;
const PADDED_LENGTH = 512;

/** A victim to measure with: the time of an encoder, the opinions of its training texts. */
export interface BenchVictim {
  readonly victim: Victim;
  /** The same, with every text padded to 512 tokens. */
  readonly padded: Victim;
  readonly maxLength: number;
  dispose(): void;
}

/**
 * An encoder with random weights has no opinion that an attack could work on, and one with trained weights cannot be had
 * without a download. So every text goes through the random encoder, which takes its time, and the answer is that of the
 * words' log-odds in the training texts. Tokens are USE-lite's.
 */
export async function benchVictim(shape: BertShape, training: readonly Example[]): Promise<BenchVictim> {
  const lender = await loadClassifier({ model: 'use-lite', classes: 2, seed: 0 });
  const { tokenizer } = lender;
  lender.dispose();
  const model = randomBert({ shape, classes: 2, seed: 0 });
  const maxLength = Math.min(MAX_LENGTH, model.maxLength);
  const opinion = wordOpinion(training);
  // Which row of the embeddings a token takes is nothing to the time.
  const encode = (texts: readonly string[]): TokenSequence => {
    const { ids, typeIds } = tokenizer.encode(texts, maxLength);
    return { ids: ids.map((id) => id % shape.vocab_size), typeIds };
  };
  // The random model's own tokenizer refuses to be asked; its padding is 0, as USE-lite's may be.
  const paddedLength = Math.min(PADDED_LENGTH, model.maxLength);
  const victimOf = (name: string, compute: (sequences: readonly TokenSequence[]) => Promise<unknown>): Victim => ({
    name,
    batchSize: 64,
    async probabilities(inputs) {
      await compute(inputs.map(encode));
      return inputs.map(opinion);
    },
  });
  return {
    victim: victimOf('bench', (sequences) => predict(model, sequences)),
    padded: victimOf('padded', async (sequences) => {
      const batch = toTensors(collate(sequences, { padId: 0, length: paddedLength }));
      const logits = tf.tidy(() => model.logits(batch));
      await logits.data();
      logits.dispose();
      disposeBatch(batch);
    }),
    maxLength,
    dispose: () => model.dispose(),
  };
}

/** Naive Bayes over the words of two classes: a row of probabilities for a text. */
function wordOpinion(training: readonly Example[]): (texts: readonly string[]) => number[] {
  const words = (texts: readonly string[]) => AttackedText.of(texts).words.map(({ text }) => text.toLowerCase());
  const odds = new Map<string, [number, number]>();
  for (const { texts, label } of training) {
    for (const word of new Set(words(texts))) {
      const [no, yes] = odds.get(word) ?? [1, 1];
      odds.set(word, label === 1 ? [no, yes + 1] : [no + 1, yes]);
    }
  }
  return (texts) => {
    const sum = words(texts).reduce((total, word) => {
      const [no, yes] = odds.get(word) ?? [1, 1];
      return total + Math.log(yes / no);
    }, 0);
    const p = 1 / (1 + Math.exp(-sum));
    return [1 - p, p];
  };
}
