import type { JsonObject } from '../files/json-object.js';
import { type PostNormArchitecture, bertModules } from '../post-norm/architecture.js';
import { lmHead } from './lm-head.js';
import { parsePostNormConfig, postNormKeys } from '../post-norm/config.js';
import { definePostNormFamily } from '../post-norm/define-post-norm-family.js';

const architecture: PostNormArchitecture = {
  prefix: 'roberta',
  layers: 'encoder.layer',
  modules: bertModules,
  head: {
    architecture: 'RobertaForSequenceClassification',
    dense: 'classifier.dense',
    logits: 'classifier.out_proj',
    kind: 'head-dense',
    activation: 'tanh',
    dropsInput: true,
  },
};

/** Positions count from the padding id on: the first token of a row has the position `pad_token_id` + 1. */
const parseConfig = (config: JsonObject) =>
  parsePostNormConfig(config, { firstPosition: config.id('pad_token_id', 1) + 1 });

const configKeys = { read: [...postNormKeys, 'type_vocab_size', 'pad_token_id'] };

/** The pretrained pooler is that of BERT's next-sentence task, and no head reads it. */
const otherHeads = /^lm_head\.|^roberta\.pooler\./;

export const roberta = definePostNormFamily({
  name: 'roberta',
  title: 'RoBERTa: base, large, and DistilRoBERTa',
  paper: 'Liu et al. 2019, arXiv:1907.11692',
  ...{ architecture, parseConfig, configKeys, otherHeads, maskedHead: () => lmHead },
});

export const xlmRoberta = definePostNormFamily({
  name: 'xlm-roberta',
  title: "XLM-RoBERTa: RoBERTa's architecture, a vocabulary for a hundred languages",
  paper: 'Conneau et al., ACL 2020, arXiv:1911.02116',
  architecture: {
    ...architecture,
    head: { ...architecture.head, architecture: 'XLMRobertaForSequenceClassification' },
  },
  ...{ parseConfig, configKeys, otherHeads, maskedHead: () => lmHead },
});
