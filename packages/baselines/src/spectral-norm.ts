import type { ModelParameters, TensorRole } from '@rose/encoders';
import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from './stop-gradient.js';

/** Squarings of W·Wᵀ: 2¹⁰ steps of the power iteration. */
const SQUARINGS = 10;

/**
 * σ(W), the largest singular value of a matrix [out, in] with few rows; dσ/dW = u·vᵀ (Miyato et al. 2018).
 *
 * PyTorch takes one step of the power iteration a forward pass and keeps u between them. Here u·uᵀ is computed afresh
 * from squares of W·Wᵀ, which with a row for each class costs nothing, and leaves no state to be saved and resumed.
 * It is taken as a constant: σ² = uᵀ·W·Wᵀ·u is at its maximum over u, and does not feel how u moves with W.
 */
export function spectralNorm(weight: tf.Tensor2D): tf.Scalar {
  const gram: tf.Tensor2D = tf.matMul(weight, weight, false, true);
  return tf.sqrt(tf.sum<tf.Scalar>(tf.mul(stopGradient(gram, principalProjection), gram)));
}

/** u·uᵀ, with u the eigenvector of the largest eigenvalue; where several share it, the mean over theirs. */
function principalProjection(square: tf.Tensor2D): tf.Tensor2D {
  let power = ofTraceOne(square);
  for (let i = 0; i < SQUARINGS; i++) power = ofTraceOne(tf.matMul(power, power));
  return power;
}

const ofTraceOne = (square: tf.Tensor2D): tf.Tensor2D =>
  tf.div(square, tf.sum(tf.mul(square, tf.eye(square.shape[0]))));

/** The logits that a head with W/σ(W) for its W gives: (logits − b)/σ + b. */
export function withSpectralNorm(logits: tf.Tensor2D, model: ModelParameters): tf.Tensor2D {
  const { tensor: weight } = headTensor(model, 'weight');
  const { tensor: bias } = headTensor(model, 'bias');
  return tf.add(tf.div(tf.sub(logits, bias), spectralNorm(weight as tf.Tensor as tf.Tensor2D)), bias);
}

/** W/σ(W) of the head: with it in W's place, the model gives the logits of `withSpectralNorm` by itself. */
export async function normalisedHead(model: ModelParameters): Promise<ReadonlyMap<string, Float32Array>> {
  const { name, tensor } = headTensor(model, 'weight');
  const weight = tensor as tf.Tensor as tf.Tensor2D;
  const normalised = tf.tidy(() => tf.div(weight, spectralNorm(weight)));
  const values = Float32Array.from(await normalised.data());
  normalised.dispose();
  return new Map([[name, values]]);
}

function headTensor({ parameters, roles }: ModelParameters, wanted: TensorRole) {
  const [name] = [...roles].find(([, { kind, role }]) => kind === 'head' && role === wanted) ?? [];
  const tensor = name === undefined ? undefined : parameters.get(name);
  if (name === undefined || !tensor) throw new Error(`R4F needs a linear head with a ${wanted}.`);
  return { name, tensor };
}
