import type { BertShape } from '@rose/encoders/internal';

/** The product [m, k] · [k, n] counts 2·m·n·k: a multiplication and an addition for each triple. */
export const productFlops = (m: number, k: number, n: number): number => 2 * m * k * n;

export interface BatchSize {
  readonly batch: number;
  readonly length: number;
}

/** Tokens of the last layer whose states are computed: those that the head reads, or all of them as in most programs. */
export type LastLayer = 'first token' | 'all tokens';

/**
 * Floating-point operations of one forward pass that are matrix products: the linear layers, both products of
 * attention over all heads, pooler and head of two classes. Embeddings, norms, softmax, GELU, biases, dropout and the
 * optimizer count nothing, though they take time: that is what a share of the ceiling is meant to show.
 * Counted is what is computed: an encoder that leaves out work gets no credit for it here, only for the time it saves.
 */
export function forwardFlops(shape: BertShape, { batch, length }: BatchSize, lastLayer: LastLayer): number {
  const { hidden_size: width, intermediate_size: inner, num_hidden_layers: layers } = shape;
  const tokens = batch * length;
  const layer = (asking: number): number => {
    const keysAndValues = 2 * productFlops(tokens, width, width);
    const queriesAndOutput = 2 * productFlops(asking, width, width);
    // q·kᵀ and p·v: for each row [asking, width] · [width, T], split over the heads or not.
    const attention = 2 * batch * productFlops(asking / batch, width, length);
    const feedForward = productFlops(asking, width, inner) + productFlops(asking, inner, width);
    return keysAndValues + queriesAndOutput + attention + feedForward;
  };
  const head = productFlops(batch, width, width) + productFlops(batch, width, 2);
  return (layers - 1) * layer(tokens) + layer(lastLayer === 'all tokens' ? tokens : batch) + head;
}

/** Forward and backward: each product has two in the backward pass, one for either factor. */
export const trainFlops = (shape: BertShape, size: BatchSize, lastLayer: LastLayer): number =>
  3 * forwardFlops(shape, size, lastLayer);
