import { type StepGradients, evaluateTogether, recycle } from '@rose/fine-tuning';
import * as tf from '@tensorflow/tfjs-core';

/**
 * Adds up loss and gradients of the passes of one step (PyTorch's repeated `backward`). Each pass is computed before the
 * next is recorded, so that a lazy backend needs the memory of one, and reuses its compiled graph.
 */
export class GradientSum {
  private sum: StepGradients | undefined;

  /** @param others tensors of the same pass that are to be computed with it */
  async add(pass: StepGradients, others: readonly tf.Tensor[]): Promise<void> {
    const before = this.sum;
    this.sum = before ? plus(before, pass) : pass;
    await evaluateTogether([...tensorsOf(this.sum), ...others]);
    if (before) {
      recycle(tensorsOf(before));
      tf.dispose(tensorsOf(pass));
    }
  }

  get total(): StepGradients {
    if (!this.sum) throw new Error('There is no gradient before the first pass.');
    return this.sum;
  }
}

const tensorsOf = ({ loss, gradients }: StepGradients): tf.Tensor[] => [loss, ...gradients.values()];

/** Both passes have gradients for the same parameters. */
function plus(a: StepGradients, b: StepGradients): StepGradients {
  const gradients = [...b.gradients].map(([name, g]) => [name, tf.add(a.gradients.get(name) as tf.Tensor, g)] as const);
  return { loss: tf.add(a.loss, b.loss), gradients: new Map(gradients) };
}
