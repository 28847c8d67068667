import { type DebertaConfig, parseDebertaConfig } from '../deberta/config.js';
import { convolution } from '../deberta/convolution.js';
import { disentangled } from '../deberta/disentangled.js';
import { defineEncoderFamily } from '../model/encoder-family.js';
import { type PostNormArchitecture, bertModules } from '../post-norm/architecture.js';
import { postNormEncoder } from '../post-norm/encoder.js';
import { postNormSpecs } from '../post-norm/parameter-specs.js';
import { readTokenizer } from '../tokenizers/read-tokenizer.js';

/** What all models of the family share. What their attention and their first layer have beside, config.json says. */
const shared: PostNormArchitecture = {
  prefix: 'deberta',
  layers: 'encoder.layer',
  modules: {
    ...bertModules,
    query: 'attention.self.query_proj',
    key: 'attention.self.key_proj',
    value: 'attention.self.value_proj',
  },
  widening: 'embed_proj',
  head: {
    architecture: 'DebertaV2ForSequenceClassification',
    dense: 'pooler.dense',
    logits: 'classifier',
    // Published checkpoints have no pooler: their pretraining does without.
    kind: 'head-dense',
    activation: 'gelu',
    dropsInput: true,
  },
};

const architectureOf = (config: DebertaConfig): PostNormArchitecture => ({
  ...shared,
  ...(config.disentangled && { relative: disentangled(config.disentangled) }),
  ...(config.convolution && { afterFirst: convolution(config.convolution) }),
});

export const debertaV2 = defineEncoderFamily<DebertaConfig>({
  name: 'deberta-v2',
  title: 'DeBERTa-v2 and v3, mDeBERTa: attention that tells words from places',
  paper: 'He et al., ICLR 2021, arXiv:2006.03654; v3: He et al., ICLR 2023, arXiv:2111.09543',
  parseConfig: parseDebertaConfig,
  configKeys: {
    read: [
      ...['vocab_size', 'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'intermediate_size', 'hidden_act'],
      ...['hidden_dropout_prob', 'attention_probs_dropout_prob', 'cls_dropout', 'pooler_dropout', 'layer_norm_eps'],
      ...['max_position_embeddings', 'type_vocab_size', 'position_biased_input', 'classifier_pooling'],
      ...['relative_attention', 'max_relative_positions', 'position_buckets', 'pos_att_type', 'share_att_key'],
      ...['norm_rel_ebd', 'attention_head_size', 'embedding_size', 'pooler_hidden_size', 'pooler_hidden_act'],
      ...['conv_kernel_size', 'conv_groups', 'conv_act', 'legacy'],
    ],
    withoutEffect: [],
    only: {},
  },
  prefix: shared.prefix,
  roots: ['embeddings', 'encoder'],
  tokenEmbeddings: `${shared.prefix}.embeddings.word_embeddings.weight`,
  encoderSpecs: (config) => postNormSpecs(architectureOf(config), config),
  createEncoder: (config, variables) => postNormEncoder({ architecture: architectureOf(config), config, variables }),
  head: shared.head,
  maskedHead: ({ activation, legacyHead }) => {
    const at = legacyHead ? 'cls.predictions' : 'lm_predictions.lm_head';
    const layers = legacyHead ? `${at}.transform` : at;
    return {
      dense: `${layers}.dense`,
      norm: `${layers}.LayerNorm`,
      decoder: `${at}.decoder`,
      bias: `${at}.bias`,
      activation,
    };
  },
  /*
   * Masked-language heads of both kinds, and what pretraining alone reads: replaced-token detection, and positions for the decoder.
   * Without relative positions the norm over them has nothing to do.
   */
  leftAside:
    /^(cls|lm_predictions|mask_predictions)\.|(^|\.)position_ids$|^deberta\.(embeddings\.position_embeddings|encoder\.LayerNorm)\./,
  sizes: ({ positions, layers, hiddenDropout, attentionDropout, classifierDropout = 0, denseDropout = 0 }) => ({
    mostTokens: positions,
    layers,
    dropoutRate: Math.max(hiddenDropout, attentionDropout, classifierDropout, denseDropout),
  }),
  readTokenizer,
});
