import { defineEncoderFamily } from '../model/encoder-family.js';
import { type ModernBertConfig, parseModernBertConfig } from '../modernbert/config.js';
import { modernBertEncoder } from '../modernbert/encoder.js';
import { PREFIX, TOKEN_EMBEDDINGS, modernBertSpecs } from '../modernbert/parameter-specs.js';
import { readTokenizer } from '../tokenizers/read-tokenizer.js';

export const modernBert = defineEncoderFamily<ModernBertConfig>({
  name: 'modernbert',
  title: 'ModernBERT: rotary positions, local attention, gated layers; base, large',
  paper: 'Warner et al. 2024, arXiv:2412.13663',
  prefix: PREFIX,
  roots: ['embeddings', 'layers', 'final_norm'],
  tokenEmbeddings: TOKEN_EMBEDDINGS,
  parseConfig: parseModernBertConfig,
  configKeys: {
    read: [
      ...['vocab_size', 'hidden_size', 'intermediate_size', 'num_hidden_layers', 'num_attention_heads', 'head_dim'],
      ...['hidden_activation', 'max_position_embeddings', 'norm_eps', 'norm_bias', 'attention_bias', 'mlp_bias'],
      ...['attention_dropout', 'embedding_dropout', 'mlp_dropout', 'decoder_bias', 'layer_types', 'local_attention'],
      ...['global_attn_every_n_layers', 'rope_parameters', 'rope_scaling', 'sliding_window', 'global_rope_theta'],
      ...['local_rope_theta', 'classifier_pooling', 'classifier_dropout', 'classifier_bias', 'classifier_activation'],
    ],
    withoutEffect: [
      // How PyTorch computes the same.
      ...['deterministic_flash_attn', 'reference_compile', 'repad_logits_with_grad'],
      ...['sparse_prediction', 'sparse_pred_ignore_index'],
      // `norm_eps` is the one that is read, and positions are rotary whatever this says.
      ...['layer_norm_eps', 'position_embedding_type'],
    ],
    only: {},
  },
  encoderSpecs: modernBertSpecs,
  createEncoder: modernBertEncoder,
  // The same dense layer and norm stand in the masked-language head, so a pretrained model comes with them.
  head: {
    architecture: 'ModernBertForSequenceClassification',
    dense: 'head.dense',
    logits: 'classifier',
    kind: 'head-dense',
    activation: 'gelu',
    norm: { name: 'head.norm', bias: false },
    overMean: true,
  },
  adaptHead: (head, { headBias, headActivation, normBias }) => ({
    ...head,
    bias: headBias,
    activation: headActivation,
    norm: { name: 'head.norm', bias: normBias },
  }),
  maskedHead: ({ headBias, headActivation, normBias, decoderBias }) => ({
    dense: 'head.dense',
    norm: 'head.norm',
    decoder: 'decoder',
    bias: decoderBias ? 'decoder.bias' : undefined,
    activation: headActivation,
    denseBias: headBias,
    normBias,
  }),
  leftAside: /^decoder\./,
  sizes: ({ positions, spans, embeddingDropout, attentionDropout, feedForwardDropout, classifierDropout = 0 }) => ({
    mostTokens: positions,
    layers: spans.length,
    dropoutRate: Math.max(embeddingDropout, attentionDropout, feedForwardDropout, classifierDropout),
  }),
  readTokenizer,
});
