import type { BertShape } from '@rose/encoders/internal';
import { lookUp } from '@rose/foundation';

/** The encoders that are measured, with random weights: the time of a step depends on their sizes alone. */
const shapes = new Map<string, BertShape>([
  [
    'minilm',
    {
      num_hidden_layers: 6,
      hidden_size: 384,
      num_attention_heads: 12,
      intermediate_size: 1536,
      vocab_size: 30522,
      max_position_embeddings: 512,
      type_vocab_size: 2,
    },
  ],
  [
    'roberta-base',
    {
      num_hidden_layers: 12,
      hidden_size: 768,
      num_attention_heads: 12,
      intermediate_size: 3072,
      vocab_size: 50265,
      max_position_embeddings: 514,
      type_vocab_size: 1,
    },
  ],
  // To try the bench itself: its figures say nothing.
  [
    'tiny',
    {
      num_hidden_layers: 2,
      hidden_size: 32,
      num_attention_heads: 4,
      intermediate_size: 64,
      vocab_size: 512,
      max_position_embeddings: 64,
      type_vocab_size: 2,
    },
  ],
]);

/** @throws InputError for an unknown name */
export const findShape = (name: string): BertShape => lookUp(shapes, name, { kind: 'model', where: 'models' });
