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

/**
 * Keys of Hugging Face's ModernBertConfig, of all its versions, that change nothing of what a model computes here: names of special
 * tokens (the tokenizer's files have them), how weights start, and how PyTorch computes.
 */
export const modernBertKeysWithoutEffect = [
  'bos_token_id',
  'cls_token_id',
  'eos_token_id',
  'pad_token_id',
  'sep_token_id',
  'initializer_range',
  'initializer_cutoff_factor',
  'deterministic_flash_attn',
  'reference_compile',
  'repad_logits_with_grad',
  'gradient_checkpointing',
  'sparse_prediction',
  'sparse_pred_ignore_index',
  // `norm_eps` is the one that is read, and positions are rotary whatever this says.
  'layer_norm_eps',
  'position_embedding_type',
] as const;
