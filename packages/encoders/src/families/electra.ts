import { bertModules } from '../post-norm/architecture.js';
import { parsePostNormConfig, postNormKeys } from '../post-norm/config.js';
import { definePostNormFamily } from '../post-norm/define-post-norm-family.js';

export const electra = definePostNormFamily({
  name: 'electra',
  title: 'ELECTRA discriminators: small, base, large',
  paper: 'Clark et al., ICLR 2020, arXiv:2003.10555',
  architecture: {
    prefix: 'electra',
    layers: 'encoder.layer',
    modules: bertModules,
    head: {
      architecture: 'ElectraForSequenceClassification',
      dense: 'classifier.dense',
      logits: 'classifier.out_proj',
      kind: 'head-dense',
      // GELU whatever `hidden_act` says (transformers, `ElectraClassificationHead`).
      activation: 'gelu',
      dropsInput: true,
    },
  },
  parseConfig: (config) => ({ ...parsePostNormConfig(config), embeddingWidth: config.count('embedding_size', 128) }),
  configKeys: {
    read: [...postNormKeys, 'embedding_size'],
    // Those of a summary that its classifier does not make.
    withoutEffect: ['summary_type', 'summary_use_proj', 'summary_activation', 'summary_last_dropout'],
    only: {},
  },
  // That of a generator. Its dense layer goes back to the width of the embeddings.
  maskedHead: () => ({
    dense: 'generator_predictions.dense',
    norm: 'generator_predictions.LayerNorm',
    decoder: 'generator_lm_head',
    bias: 'generator_lm_head.bias',
    activation: 'gelu',
  }),
  otherHeads: /^discriminator_predictions\.|^generator_(predictions|lm_head)\./,
});
