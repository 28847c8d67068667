import { InputError } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';

/** What a family makes of the keys of config.json. A key that Hugging Face's class documents stands in one of the three. */
export interface ConfigKeys {
  /** Those that `parseConfig` reads. */
  readonly read: readonly string[];
  /** Those that do not change what a classifier computes. */
  readonly withoutEffect: readonly string[];
  /** Those that would change it, and are not read: each with the values that change nothing. Null and absence always do. */
  readonly only: Readonly<Record<string, readonly unknown[]>>;
}

/** The keys that Hugging Face's `PretrainedConfig` gives to every family. */
const shared: Omit<ConfigKeys, 'read'> = {
  withoutEffect: [
    // Where a model comes from, and what wrote it.
    ...['_name_or_path', 'name_or_path', '_commit_hash', 'transformers_version', 'architectures', 'model_type'],
    ...['finetuning_task', 'task_specific_params', 'tokenizer_class', 'prefix', 'language'],
    // The labels and the loss are the task's, and the head's size with them.
    ...['id2label', 'label2id', 'num_labels', '_num_labels', 'problem_type', 'tf_legacy_loss', 'return_dict'],
    // Weights are computed with as float32 here, whatever they were stored as.
    ...['torch_dtype', 'dtype', 'use_bfloat16', 'torchscript', 'gradient_checkpointing'],
    // The same function, computed in another way.
    ...['chunk_size_feed_forward', 'attn_implementation', '_attn_implementation', '_attn_implementation_autoset'],
    ...['attn_implementation_internal', '_attn_implementation_internal', '_experts_implementation'],
    ...['output_attentions', 'output_hidden_states', 'use_return_dict', 'use_cache', 'output_past'],
    // How weights begin, before there is a checkpoint.
    ...['initializer_range', 'initializer_factor', 'initializer_cutoff_factor'],
    // Padding is masked, and the tokenizer knows its ids by itself.
    ...['pad_token_id', 'bos_token_id', 'eos_token_id', 'sep_token_id', 'cls_token_id', 'mask_token_id'],
    ...['unk_token_id', 'decoder_start_token_id', 'forced_bos_token_id', 'forced_eos_token_id'],
    // A classifier has no language model's head to tie, and generates nothing.
    ...['tie_word_embeddings', 'tie_encoder_decoder', 'cross_attention_hidden_size', 'bad_words_ids'],
    ...['max_length', 'min_length', 'do_sample', 'early_stopping', 'num_beams', 'num_beam_groups', 'temperature'],
    ...['top_k', 'top_p', 'typical_p', 'repetition_penalty', 'diversity_penalty', 'length_penalty'],
    ...['no_repeat_ngram_size', 'encoder_no_repeat_ngram_size', 'num_return_sequences', 'output_scores'],
    ...['return_dict_in_generate', 'remove_invalid_values', 'exponential_decay_length_penalty'],
    ...['suppress_tokens', 'begin_suppress_tokens', 'do_eos'],
  ],
  only: { is_decoder: [false], is_encoder_decoder: [false], add_cross_attention: [false], pruned_heads: [{}] },
};

/**
 * Holds a config.json against what its family knows.
 * @returns what a user should know of it
 * @throws InputError for a key that says the model computes something else than it would here
 */
export function checkConfigKeys({ fields, where }: JsonObject, family: ConfigKeys): string[] {
  refuseOwnCode(fields['auto_map'], where);
  refuseQuantised(fields['quantization_config'], where);
  const only = { ...shared.only, ...family.only };
  for (const [key, values] of Object.entries(only)) {
    const value = fields[key];
    if (value == null || values.some((usual) => JSON.stringify(usual) === JSON.stringify(value))) continue;
    const usual = values.map((one) => JSON.stringify(one)).join(' or ');
    throw new InputError(
      `"${key}" is ${shortened(value)}, which changes what the model computes and is not supported.`,
      {
        where,
        hint: `Only models with ${usual} can be read.`,
      },
    );
  }
  const known = new Set([
    ...[...shared.withoutEffect, ...family.withoutEffect, ...family.read, ...Object.keys(only)],
    ...['auto_map', 'quantization_config'],
  ]);
  const unknown = Object.keys(fields).filter((key) => !known.has(key));
  if (unknown.length === 0) return [];
  const names = unknown.slice(0, 12).map(shortened).join(', ');
  const more = unknown.length > 12 ? ` and ${unknown.length - 12} more` : '';
  return [`config.json has keys that no one here knows, and that were not read: ${names}${more}`];
}

const shortened = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** A repository with a network of its own calls it by the type of a family that it resembles. */
function refuseOwnCode(autoMap: unknown, where: string): void {
  if (typeof autoMap !== 'object' || autoMap === null) return;
  const model = Object.keys(autoMap).find((key) => /^(TF|Flax)?AutoModel/.test(key));
  if (model === undefined) return;
  throw new InputError(`The model brings code of its own ("auto_map" names its ${model}), which is not run here.`, {
    where,
    hint: 'Take a model that transformers reads without trust_remote_code. If this one is such a model, delete "auto_map".',
  });
}

function refuseQuantised(quantisation: unknown, where: string): void {
  if (quantisation == null) return;
  const { quant_method: method } = quantisation as Readonly<Record<string, unknown>>;
  throw new InputError(
    `The model is quantised ("quantization_config"${typeof method === 'string' ? `: ${shortened(method)}` : ''}), which is not supported.`,
    {
      where,
      hint: 'Take the model before its quantisation, or write it as F32 in Python: `model.dequantize().float().save_pretrained(folder)`.',
    },
  );
}
