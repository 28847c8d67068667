import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';
import { type PostNormConfig, activationOf, poolingOf, widthAndHeads } from '../post-norm/config.js';
import { definePostNormFamily } from '../post-norm/define-post-norm-family.js';

/** The keys are DistilBERT's own. */
function parseConfig(config: JsonObject): PostNormConfig {
  const { width, heads } = widthAndHeads(config, 'dim', 'n_heads');
  if (config.fields['sinusoidal_pos_embds'] === true) {
    throw new InputError('"sinusoidal_pos_embds" true is not supported: these positions are not trained.', {
      where: config.where,
      hint: 'Use a DistilBERT with learned positions, such as distilbert-base-uncased.',
    });
  }
  return {
    vocabularySize: config.count('vocab_size'),
    width,
    embeddingWidth: width,
    layers: config.count('n_layers'),
    heads,
    feedForwardWidth: config.count('hidden_dim'),
    activation: activationOf(config, 'activation'),
    positions: config.count('max_position_embeddings', 512),
    firstPosition: 0,
    tokenTypes: 0,
    layerNormEpsilon: 1e-12,
    hiddenDropout: config.rate('dropout', 0.1),
    attentionDropout: config.rate('attention_dropout', 0.1),
    classifierDropout: config.rate('seq_classif_dropout', 0.2),
    pooling: poolingOf(config),
  };
}

export const distilbert = definePostNormFamily({
  name: 'distilbert',
  title: 'DistilBERT: half of the layers of a BERT, no token types',
  paper: 'Sanh et al. 2019, arXiv:1910.01108',
  architecture: {
    prefix: 'distilbert',
    layers: 'transformer.layer',
    modules: {
      query: 'attention.q_lin',
      key: 'attention.k_lin',
      value: 'attention.v_lin',
      'attention-output': 'attention.out_lin',
      'attention-norm': 'sa_layer_norm',
      intermediate: 'ffn.lin1',
      'feed-forward-output': 'ffn.lin2',
      'feed-forward-norm': 'output_layer_norm',
    },
    dropsAttentionOutput: false,
    head: {
      architecture: 'DistilBertForSequenceClassification',
      dense: 'pre_classifier',
      logits: 'classifier',
      kind: 'head-dense',
      activation: 'relu',
    },
  },
  parseConfig,
  configKeys: {
    read: [
      ...['vocab_size', 'dim', 'n_heads', 'n_layers', 'hidden_dim', 'activation', 'dropout', 'attention_dropout'],
      ...['seq_classif_dropout', 'max_position_embeddings', 'sinusoidal_pos_embds', 'classifier_pooling'],
    ],
    withoutEffect: ['qa_dropout', 'tie_weights_'],
    only: {},
  },
  maskedHead: ({ activation }) => ({
    dense: 'vocab_transform',
    norm: 'vocab_layer_norm',
    decoder: 'vocab_projector',
    bias: 'vocab_projector.bias',
    activation,
  }),
  otherHeads: /^vocab_(transform|layer_norm|projector)\./,
});
