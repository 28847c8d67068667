import { type TextClassifier, bucketLength, collate, disposeBatch, toTensors } from '@rose/encoders';
import { crossEntropy } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';
import { wordTokens } from './word-tokens.js';

/**
 * How strongly the loss reacts at each word: the L1 norm of ∂CE/∂e, e being the embeddings of the word's tokens, the mean
 * over those tokens taken first; 0 for words that the model does not see. One pass a text, so that no norm depends on others.
 */
export function gradientNorms(model: TextClassifier) {
  let width: number | undefined;
  return async (inputs: readonly (readonly string[])[], labels: readonly number[]): Promise<number[][]> => {
    const norms: number[][] = [];
    for (const [i, texts] of inputs.entries()) {
      const sequence = model.tokenizer.encode(texts, model.maxLength);
      const length = bucketLength(sequence.ids.length, model.maxLength);
      const batch = toTensors(collate([sequence], { padId: model.tokenizer.padId, length }));
      try {
        width ??= embeddingWidth(model, batch);
        const gradient = await embeddingGradient(model, { batch, label: labels[i] ?? 0, width });
        const spans = wordTokens(texts, model);
        norms.push(spans.map(({ start, end }) => meanNorm(gradient, { start, end, width: width ?? 0 })));
      } finally {
        disposeBatch(batch);
      }
    }
    return norms;
  };
}

type Batch = ReturnType<typeof toTensors>;

/** The loss as a function of something added to the embeddings, derived at 0; row-major [length, width]. */
async function embeddingGradient(
  model: TextClassifier,
  { batch, label, width }: { batch: Batch; label: number; width: number },
): Promise<Float32Array> {
  const gradient = tf.tidy(() => {
    const target = tf.tensor2d(
      Float32Array.from({ length: model.classes }, (_, c) => Number(c === label)),
      [1, model.classes],
    );
    const loss = (shift: tf.Tensor) =>
      crossEntropy(model.logits(batch, { perturb: (embeddings) => tf.add(embeddings, shift) }), target);
    return tf.grad(loss)(tf.zeros([1, batch.length, width]));
  });
  try {
    return Float32Array.from(await gradient.data());
  } finally {
    gradient.dispose();
  }
}

function embeddingWidth(model: TextClassifier, batch: Batch): number {
  let width = 0;
  tf.tidy(
    () =>
      void model.logits(batch, {
        perturb: (embeddings) => {
          width = embeddings.shape[2];
          return embeddings;
        },
      }),
  );
  return width;
}

function meanNorm(
  gradient: Float32Array,
  { start, end, width }: { start: number; end: number; width: number },
): number {
  let norm = 0;
  for (let unit = 0; unit < width && end > start; unit++) {
    let sum = 0;
    for (let token = start; token < end; token++) sum += gradient[token * width + unit] ?? 0;
    norm += Math.abs(sum / (end - start));
  }
  return norm;
}
