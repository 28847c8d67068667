import { vanilla } from '@rose/baselines';
import { randomBert } from '@rose/encoders/internal';
import { StepContext, evaluateTogether } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';

const shape = {
  num_hidden_layers: 2,
  hidden_size: 16,
  num_attention_heads: 2,
  intermediate_size: 32,
  vocab_size: 20,
  max_position_embeddings: 8,
};
const seed = 1;

/** Two rows of four tokens; the second ends in padding. */
const batch = {
  rows: 2,
  length: 4,
  ids: Int32Array.of(1, 2, 3, 4, 5, 6, 7, 0),
  typeIds: Int32Array.of(0, 0, 1, 1, 0, 0, 0, 0),
  mask: Float32Array.of(1, 1, 1, 1, 1, 1, 1, 0),
};
const labels = Int32Array.of(0, 1);

/**
 * One training step of a very small BERT with dropout, forward and backward, on the backend of this process.
 * @returns its gradients by parameter, and the loss under the name of `loss`
 */
export async function smallStep(): Promise<ReadonlyMap<string, Float32Array>> {
  const model = randomBert({ shape, classes: 2, seed });
  const context = new StepContext({ model, batch, labels, seed, step: 1 });
  const { loss, gradients } = await vanilla.create().gradients(context);
  const tensors = new Map<string, tf.Tensor>([['loss', loss], ...gradients]);
  try {
    await evaluateTogether([...tensors.values()]);
    const values = new Map<string, Float32Array>();
    for (const [name, tensor] of tensors) values.set(name, Float32Array.from(await tensor.data()));
    return values;
  } finally {
    tf.dispose([...tensors.values()]);
    context.dispose();
    model.dispose();
  }
}
