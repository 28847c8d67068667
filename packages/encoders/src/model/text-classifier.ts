import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { DropoutMasks } from '../layers/dropout.js';
import type { ParameterRole } from './parameter-role.js';
import type { TextTokenizer } from '../tokenizers/text-tokenizer.js';

export interface ForwardOptions {
  /** Without it nothing is dropped: evaluation. */
  readonly dropout?: DropoutMasks;
  /** Replaces the model's hidden and attention dropout rates (ROSE's `kl_dropout`). No effect without `dropout`. */
  readonly dropoutRate?: number;
  /** Gets the looked-up token embeddings [rows, length, width] and returns those to go on with (R3F, FreeLB). */
  readonly perturb?: (tokenEmbeddings: tf.Tensor3D) => tf.Tensor3D;
}

/** The weights of a model, and what each of them is for: all that an optimizer or a method needs to know of it. */
export interface ModelParameters {
  /**
   * Every weight under its Hugging Face state-dict name, in an order that never changes. Linear weights are [out, in].
   * The variables' own `name` is TensorFlow.js's and is not used.
   */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  /** What each parameter is for: the same keys in the same order. */
  readonly roles: ReadonlyMap<string, ParameterRole>;
}

/** An encoder with a classification head, all of it trainable. */
export interface TextClassifier extends ModelParameters {
  /** The model type, as in config.json. */
  readonly family: string;
  /** The parameters that no file had and that were drawn from the seed, such as an untrained head. */
  readonly freshParameters: readonly string[];
  /** What loading has found worth saying: what was drawn and why, what was left aside, which keys were not read. */
  readonly notes: readonly string[];
  readonly classes: number;
  /** Most tokens of a sequence, special tokens included. */
  readonly maxLength: number;
  readonly tokenizer: TextTokenizer;
  /** Unnormalised scores [rows, classes]. Makes intermediate tensors: call it within `tf.tidy` or a gradient. */
  logits(batch: BatchTensors, options?: ForwardOptions): tf.Tensor2D;
  /** Writes config.json, model.safetensors and the tokenizer's files; `loadClassifier` reads them back. */
  saveTo(folder: string): Promise<void>;
  dispose(): void;
}
