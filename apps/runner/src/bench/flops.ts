import type { BertShape } from '@rose/encoders';

/** The product [m, k] · [k, n] counts 2·m·n·k: a multiplication and an addition for each triple. */
export const productFlops = (m: number, k: number, n: number): number => 2 * m * k * n;

export interface BatchSize {
  readonly batch: number;
  readonly length: number;
}

/**
 * Floating-point operations of one forward pass that are matrix products: the linear layers, both products of
 * attention over all heads, pooler and head of two classes. Embeddings, norms, softmax, GELU, biases, dropout and the
 * optimizer count nothing, though they take time: that is what a share of the ceiling is meant to show.
 */
export function forwardFlops(shape: BertShape, { batch, length }: BatchSize): number {
  const { hidden_size: width, intermediate_size: inner, num_hidden_layers: layers } = shape;
  const tokens = batch * length;
  const projections = 4 * productFlops(tokens, width, width);
  // q·kᵀ and p·v: for each row [T, width] · [width, T], split over the heads or not.
  const attention = 2 * batch * productFlops(length, width, length);
  const feedForward = productFlops(tokens, width, inner) + productFlops(tokens, inner, width);
  const head = productFlops(batch, width, width) + productFlops(batch, width, 2);
  return layers * (projections + attention + feedForward) + head;
}

/** Forward and backward: each product has two in the backward pass, one for either factor. */
export const trainFlops = (shape: BertShape, size: BatchSize): number => 3 * forwardFlops(shape, size);
