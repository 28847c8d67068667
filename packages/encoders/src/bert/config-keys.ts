import type { ConfigKeys } from '../model/config-keys.js';

/** The keys of Hugging Face's `BertConfig`, and what else BERT's folders on the hub have. */
export const bertConfigKeys: ConfigKeys = {
  read: [
    ...['vocab_size', 'hidden_size', 'num_hidden_layers', 'num_attention_heads', 'intermediate_size', 'hidden_act'],
    ...['hidden_dropout_prob', 'attention_probs_dropout_prob', 'classifier_dropout', 'layer_norm_eps'],
    ...['max_position_embeddings', 'type_vocab_size', 'position_embedding_type', 'classifier_pooling'],
  ],
  withoutEffect: [
    // Google's first multilingual and Chinese BERT have these, which no code reads.
    ...['directionality', 'pooler_fc_size', 'pooler_num_attention_heads', 'pooler_num_fc_layers'],
    ...['pooler_size_per_head', 'pooler_type'],
  ],
  only: {},
};
