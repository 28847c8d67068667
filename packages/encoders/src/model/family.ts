import type { Descriptor } from '@rose/foundation';
import type * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { JsonObject } from '../files/json-object.js';
import type { HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
import type { ConfigKeys } from './config-keys.js';
import type { Network } from './create-classifier.js';
import type { Encoder } from './encoder.js';
import type { MaskedHeadConfig, MaskedHeadLayout } from './masked-language-head.js';
import type { ParameterSpec } from './parameter-spec.js';
import type { ParameterSource } from './parameters.js';
import type { TextClassifier } from './text-classifier.js';
import type { TextTokenizer } from '../tokenizers/text-tokenizer.js';

export type Pooling = 'cls' | 'mean';

/** What a caller asks for, whatever the family. */
export interface FamilyRequest {
  /** How many classes the head tells apart. */
  readonly classes: number;
  /**
   * Draws the head, unless the folder has one of the right shape: weights from N(0, 0.02) by `RandomStream.of(seed, 'head')`,
   * biases 0.
   */
  readonly seed: number;
  /**
   * What the head reads: `cls`, the first token as in Hugging Face's classes, or `mean`, the mean over the real tokens, as in
   * sentence-transformers. The default is config.json's `classifier_pooling`, and `cls` without it. A family that pools in
   * one way only refuses it.
   */
  readonly pooling?: Pooling;
  /** Most tokens of a sequence. The default is 128, or fewer if the model reads fewer. */
  readonly maxLength?: number;
  /**
   * What the classes are called, in their order. A head of the folder whose config.json calls its classes the same in another
   * order is put into this one. Saved with the model. Without it, classes keep the names that the folder's head has.
   */
  readonly labels?: readonly string[];
  /** Texts of an example: for 2, a model that reads no pairs is refused. Without it, it is refused at the first pair. */
  readonly texts?: number;
}

export interface CheckRequest extends FamilyRequest {
  /** Whether all weights are looked at for NaN and infinities. */
  readonly finite?: boolean;
}

/** What a config.json says of a model. */
export interface ModelSizes {
  /** Most tokens of a sequence that it reads. */
  readonly mostTokens: number;
  /** Of the encoder, embeddings and head not counted. */
  readonly layers: number;
  /** The largest of its dropout rates; 0 for a model without dropout. */
  readonly dropoutRate: number;
}

/** A family of encoders. Its name is the `model_type` in Hugging Face's config.json. */
export interface Family extends Descriptor {
  /** The files that a model folder needs. */
  readonly files: readonly string[];
  /** The ways of pooling that a caller may choose between; none for a family that has one way only. */
  readonly poolings: readonly Pooling[];
  /** What is made of each key of config.json. None for a family whose config.json is written here alone. */
  readonly configKeys?: ConfigKeys;
  /** Of the model that a config.json describes. */
  readonly sizes: (config: JsonObject) => ModelSizes;
  /** All parameters of a classifier of that model, the head's last. */
  readonly specs: (config: JsonObject, classes: number) => readonly ParameterSpec[];
  /** Reads a folder. Its config.json has been read already. */
  readonly load: (folder: string, config: JsonObject, request: FamilyRequest) => Promise<TextClassifier>;
  /** Reads the encoder of a folder, whatever head it has. Absent where the encoder is no part of its own. */
  readonly loadEncoder?: (folder: string, config: JsonObject) => Promise<LoadedEncoder>;
  /** Reads the encoder of a folder with its masked-language head. Absent where a family has none. */
  readonly loadMaskedLanguageModel?: (folder: string, config: JsonObject) => Promise<MaskedLanguageEncoder>;
  /**
   * Refuses what `load` would refuse. Weights that are not finite are found only where `finite` asks for it, since that takes
   * a look at all of them.
   * @returns the notes that a classifier loaded so would have
   */
  readonly check: (folder: string, config: JsonObject, request: CheckRequest) => Promise<readonly string[]>;
  /** Pretrained weights that are installed with this package. The family's name is then a model name too. */
  readonly embedded?: {
    /** The package that they come from. */
    readonly source: string;
    readonly sizes: ModelSizes;
    readonly load: (request: FamilyRequest) => Promise<TextClassifier>;
  };
}

/** An encoder without a classification head. */
export interface LoadedEncoder extends ModelSizes {
  /** The name of its family. */
  readonly family: string;
  readonly encoder: Encoder;
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly tokenizer: HuggingFaceTokenizer;
  /** Of its states. */
  readonly width: number;
  dispose(): void;
}

/** An encoder under its masked-language head. */
export interface MaskedLanguageEncoder extends LoadedEncoder {
  readonly vocabularySize: number;
  /**
   * The scores of all vocabulary ids, [n, vocabulary], for all tokens of a batch or for some: `at` holds their places among the
   * batch's tokens, row after row, [n]. Makes intermediate tensors: call it within `tf.tidy`.
   */
  vocabularyLogits(batch: BatchTensors, at?: tf.Tensor1D): tf.Tensor2D;
}

/** A family as its author writes it. */
export interface FamilyDefinition<Config> extends Descriptor {
  /** The tokenizer's files. Every folder also needs config.json and model.safetensors. */
  readonly tokenizerFiles: readonly string[];
  /**
   * The architecture that a config.json describes.
   * @throws InputError that names the file and the key
   */
  readonly parseConfig: (config: JsonObject, request: Pick<FamilyRequest, 'pooling'>) => Config;
  /** See `Family`. */
  readonly poolings?: readonly Pooling[];
  /** See `Family`. */
  readonly configKeys?: ConfigKeys;
  readonly sizes: (config: Config) => ModelSizes;
  readonly readTokenizer: (folder: string, config: Config) => Promise<TextTokenizer>;
  /** All parameters of a classifier, the head's last. */
  readonly specs: (config: Config, classes: number) => readonly ParameterSpec[];
  /** The name in `specs` of a stored tensor, if it can differ. */
  readonly canonicalName?: (stored: string) => string;
  /**
   * Stored tensors that a classifier does not use, by canonical name, besides buffers and the heads of other tasks (see
   * `FOREIGN_HEADS`). Other tensors that are not in `specs` are refused.
   */
  readonly leftAside?: (config: Config) => RegExp;
  readonly network: (config: Config, model: NetworkParts) => Network;
  /** The encoder below the head, where it can stand alone. */
  readonly bare?: BareEncoder<Config>;
  readonly embedded?: EmbeddedWeights<Config>;
}

export interface NetworkParts {
  readonly variables: ReadonlyMap<string, tf.Variable>;
  readonly classes: number;
}

export interface BareEncoder<Config> {
  readonly readTokenizer: (folder: string, config: Config) => Promise<HuggingFaceTokenizer>;
  readonly width: (config: Config) => number;
  readonly specs: (config: Config) => readonly ParameterSpec[];
  /** Stored tensors that are not of the encoder, by canonical name. */
  readonly leftAside: RegExp;
  readonly create: (config: Config, variables: ReadonlyMap<string, tf.Variable>) => Encoder;
  /** The masked-language head, for a family that has one. */
  readonly maskedHead?: (config: Config) => {
    readonly layout: MaskedHeadLayout;
    readonly config: MaskedHeadConfig;
  };
  /** The name of the token embeddings. */
  readonly tokenEmbeddings: string;
}

export interface EmbeddedWeights<Config> {
  readonly source: string;
  readonly config: Config;
  readonly readTokenizer: () => Promise<TextTokenizer>;
  /** By the names of `specs`. */
  readonly readWeights: () => Promise<ParameterSource['stored']>;
}
