import type { MaskedHeadLayout } from '../model/masked-language-head.js';

/** RoBERTa's masked-language head, which MPNet has too. It has GELU whatever `hidden_act` says. */
export const lmHead: MaskedHeadLayout = {
  dense: 'lm_head.dense',
  norm: 'lm_head.layer_norm',
  decoder: 'lm_head.decoder',
  bias: 'lm_head.bias',
  activation: 'gelu',
};
