import { expect, it } from 'vitest';
import { forwardFlops, productFlops, trainFlops } from './flops.js';
import { findShape } from './models.js';

it('counts two operations for each triple of a product', () => {
  expect(productFlops(2, 3, 5)).toBe(60);
});

it('counts what a small encoder multiplies', () => {
  const shape = {
    num_hidden_layers: 2,
    hidden_size: 4,
    num_attention_heads: 2,
    intermediate_size: 8,
    vocab_size: 10,
  };
  // Of a layer: q, k, v and output 4·[6,4]·[4,4]; scores and context 2 rows of [3,4]·[4,3] each; [6,4]·[4,8] and back.
  const layer = 2 * (4 * 6 * 4 * 4 + 2 * 2 * 3 * 4 * 3 + 2 * 6 * 4 * 8);
  const head = 2 * (2 * 4 * 4 + 2 * 4 * 2);
  const size = { batch: 2, length: 3 };
  expect(forwardFlops(shape, size, 'all tokens')).toBe(2 * layer + head);
  expect(trainFlops(shape, size, 'all tokens')).toBe(3 * (2 * layer + head));
  // Of the last layer: keys and values of all, the rest for one token a row.
  const last = 2 * (2 * 6 * 4 * 4 + 2 * 2 * 4 * 4 + 2 * 2 * 1 * 4 * 3 + 2 * 2 * 4 * 8);
  expect(forwardFlops(shape, size, 'first token')).toBe(layer + last + head);
});

it('is about two operations a token and weight of the layers where rows are short', () => {
  const weights = 12 * (4 * 768 ** 2 + 2 * 768 * 3072);
  const flops = forwardFlops(findShape('roberta-base'), { batch: 16, length: 16 }, 'all tokens');
  expect(flops / (2 * 256 * weights)).toBeGreaterThan(1);
  expect(flops / (2 * 256 * weights)).toBeLessThan(1.02);
});
