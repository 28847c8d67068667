import { BERT } from './parameter-specs.js';

/** Buffers and the heads of pre-training (masked language model, next sentence): in many checkpoints, part of no classifier. */
export const LEFT_ASIDE = /(^|\.)position_ids$|^cls\./;

/** As above, for a head that looks past the pooler. */
export const LEFT_ASIDE_BY_MEAN_POOLING = new RegExp(`${LEFT_ASIDE.source}|^${BERT}\\.pooler\\.`);

/** As above, for uses that need no head either. */
export const LEFT_ASIDE_BY_ENCODER = new RegExp(`${LEFT_ASIDE_BY_MEAN_POOLING.source}|^classifier\\.`);

/**
 * The state-dict name of today for a stored name: bare encoders (sentence-transformers) lack the prefix,
 * the first BERT checkpoints call the weights of layer norms gamma and beta.
 */
export function canonicalName(stored: string): string {
  const prefixed = /^(embeddings|encoder|pooler)\./.test(stored) ? `${BERT}.${stored}` : stored;
  return prefixed.replace(/\.gamma$/, '.weight').replace(/\.beta$/, '.bias');
}
