import { type PostNormArchitecture, bertModules } from '../post-norm/architecture.js';
import { parsePostNormConfig, postNormKeys } from '../post-norm/config.js';
import { definePostNormFamily } from '../post-norm/define-post-norm-family.js';

export const BERT = 'bert';

export const bertArchitecture: PostNormArchitecture = {
  prefix: BERT,
  layers: 'encoder.layer',
  modules: bertModules,
  head: {
    architecture: 'BertForSequenceClassification',
    dense: `${BERT}.pooler.dense`,
    logits: 'classifier',
    kind: 'pooler',
    activation: 'tanh',
  },
};

export const bert = definePostNormFamily({
  name: BERT,
  title: 'BERT, and every encoder of its architecture, such as MiniLM, TinyBERT and BGE',
  paper: 'Devlin et al., NAACL 2019, arXiv:1810.04805',
  architecture: bertArchitecture,
  parseConfig: (config) => parsePostNormConfig(config),
  configKeys: {
    read: [...postNormKeys, 'type_vocab_size'],
    // Google's first multilingual and Chinese BERT have these, which no code reads.
    withoutEffect: [
      ...['directionality', 'pooler_fc_size', 'pooler_num_attention_heads', 'pooler_num_fc_layers'],
      ...['pooler_size_per_head', 'pooler_type'],
    ],
  },
  maskedHead: ({ activation }) => ({
    dense: 'cls.predictions.transform.dense',
    norm: 'cls.predictions.transform.LayerNorm',
    decoder: 'cls.predictions.decoder',
    bias: 'cls.predictions.bias',
    activation,
  }),
  // Masked language model and next sentence.
  otherHeads: /^cls\./,
});
