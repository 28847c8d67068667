import { BERT } from './parameter-specs.js';

/** Buffers and pre-training heads (masked language model, next sentence). Many checkpoints have them; a classifier does not. */
export const LEFT_ASIDE = /(^|\.)position_ids$|^cls\./;

/** As above, with the pooler: for mean pooling. */
export const LEFT_ASIDE_BY_MEAN_POOLING = new RegExp(`${LEFT_ASIDE.source}|^${BERT}\\.pooler\\.`);

/** As above, with the classification head: for a bare encoder. */
export const LEFT_ASIDE_BY_ENCODER = new RegExp(`${LEFT_ASIDE_BY_MEAN_POOLING.source}|^classifier\\.`);

/**
 * Today's state-dict name of a stored tensor. Bare encoders (sentence-transformers) lack the prefix, and the first BERT
 * checkpoints call the parameters of layer norms gamma and beta.
 */
export function canonicalName(stored: string): string {
  const prefixed = /^(embeddings|encoder|pooler)\./.test(stored) ? `${BERT}.${stored}` : stored;
  return prefixed.replace(/\.gamma$/, '.weight').replace(/\.beta$/, '.bias');
}
