import { lmHead } from './lm-head.js';
import { parsePostNormConfig, postNormKeys } from '../post-norm/config.js';
import { definePostNormFamily } from '../post-norm/define-post-norm-family.js';
import { relativeBias } from '../post-norm/relative-bias.js';

export const mpnet = definePostNormFamily({
  name: 'mpnet',
  title: 'MPNet: BERT with a bias for relative positions, such as all-mpnet-base-v2',
  paper: 'Song et al., NeurIPS 2020, arXiv:2004.09297',
  architecture: {
    prefix: 'mpnet',
    layers: 'encoder.layer',
    modules: {
      query: 'attention.attn.q',
      key: 'attention.attn.k',
      value: 'attention.attn.v',
      'attention-output': 'attention.attn.o',
      'attention-norm': 'attention.LayerNorm',
      intermediate: 'intermediate.dense',
      'feed-forward-output': 'output.dense',
      'feed-forward-norm': 'output.LayerNorm',
    },
    relative: relativeBias('encoder.relative_attention_bias'),
    head: {
      architecture: 'MPNetForSequenceClassification',
      dense: 'classifier.dense',
      logits: 'classifier.out_proj',
      kind: 'head-dense',
      activation: 'tanh',
      dropsInput: true,
    },
  },
  // The padding id is 1 and the head has the hidden rate, whatever config.json says.
  parseConfig: (config) => ({
    ...parsePostNormConfig(config, { firstPosition: 2, tokenTypes: 0 }),
    relativeBuckets: config.count('relative_attention_num_buckets', 32),
    classifierDropout: undefined,
  }),
  configKeys: { read: [...postNormKeys, 'relative_attention_num_buckets'] },
  maskedHead: () => lmHead,
  otherHeads: /^lm_head\.|^mpnet\.pooler\./,
});
