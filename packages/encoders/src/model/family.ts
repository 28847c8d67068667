import { type Descriptor, InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { type Network, createClassifier } from './create-classifier.js';
import type { Encoder } from './encoder.js';
import { type MaskedHeadConfig, type MaskedHeadLayout, maskedHeadSpecs, maskedLogits } from './masked-language-head.js';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { JsonObject } from '../files/json-object.js';
import { checkedLength } from './max-length.js';
import { readWeights, weightsPath } from './model-folder.js';
import type { ParameterSpec } from './parameter-spec.js';
import { type ParameterSource, createParameters } from './parameters.js';
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
  /** Of the model that a config.json describes. */
  readonly sizes: (config: JsonObject) => ModelSizes;
  /** Reads a folder. Its config.json has been read already. */
  readonly load: (folder: string, config: JsonObject, request: FamilyRequest) => Promise<TextClassifier>;
  /** Reads the encoder of a folder, whatever head it has. Absent where the encoder is no part of its own. */
  readonly loadEncoder?: (folder: string, config: JsonObject) => Promise<LoadedEncoder>;
  /** Reads the encoder of a folder with its masked-language head. Absent where a family has none. */
  readonly loadMaskedLanguageModel?: (folder: string, config: JsonObject) => Promise<MaskedLanguageEncoder>;
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
  readonly tokenizer: TextTokenizer;
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
  readonly sizes: (config: Config) => ModelSizes;
  readonly readTokenizer: (folder: string, config: Config) => Promise<TextTokenizer>;
  /** All parameters of a classifier, the head's last. */
  readonly specs: (config: Config, classes: number) => readonly ParameterSpec[];
  /** The name in `specs` of a stored tensor, if it can differ. */
  readonly canonicalName?: (stored: string) => string;
  /** Stored tensors that a classifier does not use, by canonical name. Other tensors that are not in `specs` are refused. */
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

interface EmbeddedWeights<Config> {
  readonly source: string;
  readonly config: Config;
  readonly readTokenizer: () => Promise<TextTokenizer>;
  /** By the names of `specs`. */
  readonly readWeights: () => Promise<ParameterSource['stored']>;
}

interface Found {
  readonly tokenizer: TextTokenizer;
  readonly maxLength: number;
  readonly stored: ParameterSource['stored'];
  /** Where the weights come from, for error messages. */
  readonly where: string;
}

/** Makes a family from what is special about it. Reading folders, drawing heads and saving are the same for all. */
export function defineFamily<Config>(definition: FamilyDefinition<Config>): Family {
  const { name, title, paper, embedded, bare, poolings = [], canonicalName = (stored) => stored } = definition;

  const lengthOf = (config: Config, { maxLength }: FamilyRequest) =>
    checkedLength(maxLength, definition.sizes(config).mostTokens, { option: 'maxLength' });

  function checkPooling({ pooling }: FamilyRequest): void {
    if (pooling === undefined || poolings.includes(pooling)) return;
    throw new InputError(`Encoders of the family '${name}' pool in one way only.`, {
      option: 'pooling',
      hint: 'Leave it out.',
    });
  }

  function assemble(config: Config, { classes, seed }: FamilyRequest, found: Found): TextClassifier {
    const { tokenizer, maxLength, stored, where } = found;
    const ignored = definition.leftAside?.(config);
    const specs = definition.specs(config, classes);
    const parameters = createParameters({ specs, stored, where, seed, ...(ignored && { ignored }) });
    const network = definition.network(config, { variables: parameters.variables, classes });
    return createClassifier({ family: name, parameters, tokenizer, classes, maxLength, network });
  }

  async function load(folder: string, fields: JsonObject, request: FamilyRequest): Promise<TextClassifier> {
    checkPooling(request);
    const config = definition.parseConfig(fields, request);
    const maxLength = lengthOf(config, request);
    const tokenizer = await definition.readTokenizer(folder, config);
    const stored = await storedIn(folder);
    return assemble(config, request, { tokenizer, maxLength, stored, where: weightsPath(folder) });
  }

  async function storedIn(folder: string): Promise<ParameterSource['stored']> {
    const { tensors } = await readWeights(folder);
    return new Map([...tensors].map(([tensor, value]) => [canonicalName(tensor), value]));
  }

  async function loadEncoder(
    bare: BareEncoder<Config>,
    folder: string,
    fields: JsonObject,
    headSpecs: readonly ParameterSpec[] = [],
  ): Promise<LoadedEncoder> {
    const config = definition.parseConfig(fields, {});
    const tokenizer = await definition.readTokenizer(folder, config);
    const { variables } = createParameters({
      specs: [...bare.specs(config), ...headSpecs],
      stored: await storedIn(folder),
      where: weightsPath(folder),
      // Nothing is drawn: an encoder's parameters are all stored.
      seed: 0,
      ignored: bare.leftAside,
    });
    const encoder = bare.create(config, variables);
    return {
      ...definition.sizes(config),
      ...{ family: name, encoder, variables, tokenizer, width: bare.width(config) },
      dispose: () => tf.dispose([...variables.values(), ...(encoder.constants ?? [])]),
    };
  }

  const maskedLoader =
    (bare: BareEncoder<Config>, headOf: NonNullable<BareEncoder<Config>['maskedHead']>) =>
    async (folder: string, fields: JsonObject): Promise<MaskedLanguageEncoder> => {
      const head = headOf(definition.parseConfig(fields, {}));
      const loaded = await loadEncoder(bare, folder, fields, maskedHeadSpecs(head.layout, head.config));
      const { tokenEmbeddings } = bare;
      return {
        ...loaded,
        vocabularySize: head.config.vocabularySize,
        vocabularyLogits(batch, at) {
          const states = loaded.encoder.hiddenStates(batch);
          const { variables } = loaded;
          return maskedLogits(at ? tf.gather(states, at) : states, { ...head, variables, tokenEmbeddings });
        },
      };
    };

  async function loadEmbedded(weights: EmbeddedWeights<Config>, request: FamilyRequest): Promise<TextClassifier> {
    checkPooling(request);
    const maxLength = lengthOf(weights.config, request);
    const tokenizer = await weights.readTokenizer();
    return assemble(weights.config, request, {
      ...{ tokenizer, maxLength, where: weights.source },
      stored: await weights.readWeights(),
    });
  }

  return {
    name,
    title,
    ...(paper !== undefined && { paper }),
    files: ['config.json', 'model.safetensors', ...definition.tokenizerFiles],
    poolings,
    sizes: (fields) => definition.sizes(definition.parseConfig(fields, {})),
    load,
    ...(bare && { loadEncoder: (folder: string, fields: JsonObject) => loadEncoder(bare, folder, fields) }),
    ...(bare?.maskedHead && { loadMaskedLanguageModel: maskedLoader(bare, bare.maskedHead) }),
    ...(embedded && {
      embedded: {
        source: embedded.source,
        sizes: definition.sizes(embedded.config),
        load: (request: FamilyRequest) => loadEmbedded(embedded, request),
      },
    }),
  };
}
