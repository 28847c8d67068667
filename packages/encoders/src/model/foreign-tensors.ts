/** Buffers that a network makes anew: of no weight, and not worth a word. */
export const BUFFERS = /(^|\.)(position_ids|token_type_ids|inv_freq|num_batches_tracked)$/;

/**
 * Heads of other tasks, whatever the family: masked and causal language models, next sentence, question answering, choices,
 * tokens, ELECTRA's generator and discriminator, and heads of sequence classification in the manner of another family.
 * A family adds its own with `leftAside`.
 */
export const FOREIGN_HEADS = new RegExp(
  `^(${[
    'cls', // BERT: `predictions` and `seq_relationship`
    'seq_relationship',
    'lm_head', // RoBERTa, MPNet, DeBERTa
    'lm_loss',
    'lm_predictions',
    'mask_predictions',
    'mlm_head',
    'predictions',
    'vocab_transform', // DistilBERT, with the two below
    'vocab_layer_norm',
    'vocab_projector',
    'generator_predictions', // ELECTRA, with the two below
    'generator_lm_head',
    'discriminator_predictions',
    'qa_outputs',
    'qa_classifier',
    'sequence_summary',
    'classifier',
    'score',
    'logits_proj',
  ].join('|')})\\.`,
);

/** Tables that a language model's head shares with the token embeddings. Some writers keep the head's name alone. */
export const TIED_TO_TOKENS: readonly string[] = [
  'cls.predictions.decoder.weight',
  'lm_head.decoder.weight',
  'lm_head.weight',
  'vocab_projector.weight',
  'generator_lm_head.weight',
  'decoder.weight',
];

/** The class that wrote a folder, where the head of that class has the names of a sequence classifier's and another meaning. */
export function otherTaskOf(architectures: unknown): string | undefined {
  const [name] = Array.isArray(architectures) ? (architectures as readonly unknown[]) : [];
  return typeof name === 'string' && /For(TokenClassification|MultipleChoice)$/.test(name) ? name : undefined;
}
