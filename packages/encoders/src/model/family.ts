import { type Descriptor, InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import { type Network, createClassifier } from './create-classifier.js';
import type { Encoder } from './encoder.js';
import { type MaskedHeadConfig, type MaskedHeadLayout, maskedHeadSpecs, maskedLogits } from './masked-language-head.js';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { JsonObject } from '../files/json-object.js';
import { type ConfigKeys, checkConfigKeys } from './config-keys.js';
import { type Fit, type FitOptions, fitParameters } from './fit-parameters.js';
import { type FolderWeights, checkFinite, describeWeights, readParameters } from './folder-weights.js';
import { otherTaskOf } from './foreign-tensors.js';
import { checkLabels, isNameless, namedLabels, orderByName } from './labels.js';
import { checkedLength } from './max-length.js';
import type { ParameterSpec } from './parameter-spec.js';
import { type ParameterSource, createParameters } from './parameters.js';
import type { TextClassifier } from './text-classifier.js';
import type { HuggingFaceTokenizer } from '../tokenizers/hugging-face-tokenizer.js';
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
  /** What the classes are called, if anybody says so. */
  readonly labels?: readonly string[] | undefined;
  readonly notes?: readonly string[];
}

/** A folder about which everything is known but the weights themselves. */
interface Examined<Config> {
  readonly config: Config;
  readonly tokenizer: TextTokenizer;
  readonly maxLength: number;
  readonly specs: readonly ParameterSpec[];
  readonly weights: FolderWeights;
  readonly fit: Fit;
  readonly head: HeadOfFolder;
  readonly notes: readonly string[];
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

  const checkKeys = (fields: JsonObject): string[] =>
    definition.configKeys ? checkConfigKeys(fields, definition.configKeys) : [];

  const fitTo = (
    { entries, aliases, where }: FolderWeights,
    wanted: Pick<FitOptions, 'specs' | 'leftAside' | 'otherTask'>,
  ): Fit => fitParameters({ stored: entries, aliases, where, canonicalName, ...wanted });

  function assemble(config: Config, { classes, seed }: FamilyRequest, found: Found): TextClassifier {
    const { tokenizer, maxLength, stored, where, labels, notes = [] } = found;
    const specs = definition.specs(config, classes);
    const parameters = createParameters({ specs, stored, where, seed });
    const network = definition.network(config, { variables: parameters.variables, classes });
    return createClassifier({ family: name, parameters, tokenizer, classes, maxLength, network, labels, notes });
  }

  async function examine(folder: string, fields: JsonObject, request: FamilyRequest): Promise<Examined<Config>> {
    checkPooling(request);
    if (request.labels) checkLabels(request.labels, request.classes);
    const ofKeys = checkKeys(fields);
    const config = definition.parseConfig(fields, request);
    checkLayers(definition.sizes(config), fields.where);
    const maxLength = lengthOf(config, request);
    const specs = definition.specs(config, request.classes);
    const tokenizer = await definition.readTokenizer(folder, config);
    refuseUntoldPairs(tokenizer, { specs, maxLength, where: fields.where, texts: request.texts ?? 1 });
    const weights = await describeWeights(folder);
    const otherTask = otherTaskOf(fields.fields['architectures']);
    const fit = fitTo(weights, { specs, leftAside: definition.leftAside?.(config), otherTask });
    const head = headOfFolder({ fields: fields.fields, specs, fit, labels: request.labels });
    const notes = [...ofKeys, ...fit.notes, ...head.notes];
    return { config, tokenizer, maxLength, specs, weights, fit, head, notes };
  }

  async function load(folder: string, fields: JsonObject, request: FamilyRequest): Promise<TextClassifier> {
    const { config, specs, weights, fit, head, ...examined } = await examine(folder, fields, request);
    const stored = await readParameters(weights, fit.found);
    for (const { name, role } of head.order ? specs : []) {
      const tensor = role.kind === 'head' ? stored.get(name) : undefined;
      if (tensor && head.order) stored.set(name, { ...tensor, data: rowsOf(tensor, head.order) });
    }
    const { labels } = head;
    return assemble(config, request, { ...examined, stored, labels, where: weights.where });
  }

  async function loadEncoder(
    bare: BareEncoder<Config>,
    folder: string,
    fields: JsonObject,
    headSpecs: readonly ParameterSpec[] = [],
  ): Promise<LoadedEncoder> {
    checkKeys(fields);
    const config = definition.parseConfig(fields, {});
    const sizes = definition.sizes(config);
    checkLayers(sizes, fields.where);
    const tokenizer = await bare.readTokenizer(folder, config);
    const specs = [...bare.specs(config), ...headSpecs];
    const weights = await describeWeights(folder);
    const { found } = fitTo(weights, { specs, leftAside: bare.leftAside });
    const { variables } = createParameters({
      ...{ specs, stored: await readParameters(weights, found), where: weights.where },
      // Nothing is drawn: an encoder's parameters are all stored.
      seed: 0,
    });
    const encoder = bare.create(config, variables);
    return {
      ...sizes,
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
    const { labels } = request;
    if (labels) checkLabels(labels, request.classes);
    const maxLength = lengthOf(weights.config, request);
    const tokenizer = await weights.readTokenizer();
    return assemble(weights.config, request, {
      ...{ tokenizer, maxLength, labels, where: weights.source },
      stored: await weights.readWeights(),
    });
  }

  return {
    name,
    title,
    ...(paper !== undefined && { paper }),
    files: ['config.json', 'model.safetensors', ...definition.tokenizerFiles],
    poolings,
    ...(definition.configKeys && { configKeys: definition.configKeys }),
    sizes: (fields) => definition.sizes(definition.parseConfig(fields, {})),
    specs: (fields, classes) => definition.specs(definition.parseConfig(fields, {}), classes),
    load,
    async check(folder, fields, request) {
      const { weights, fit, notes } = await examine(folder, fields, request);
      if (request.finite) await checkFinite(weights, fit.found);
      return notes;
    },
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

/** More than any encoder has. What a broken config.json asks for should not take all memory before it is found out. */
const MOST_LAYERS = 10_000;

function checkLayers({ layers }: ModelSizes, where: string): void {
  if (layers <= MOST_LAYERS) return;
  throw new InputError(`An encoder of ${layers} layers is not supported.`, {
    where,
    hint: `Fetch the file again; the most is ${MOST_LAYERS}.`,
  });
}

/** What the classes of a model will be called, and in which order its head has them. */
interface HeadOfFolder {
  readonly labels?: readonly string[] | undefined;
  /** The row of the folder's head for each class, if it has them in another order. */
  readonly order?: readonly number[];
  readonly notes: readonly string[];
}

interface HeadOptions {
  readonly fields: JsonObject['fields'];
  readonly specs: readonly ParameterSpec[];
  readonly fit: Fit;
  readonly labels: readonly string[] | undefined;
}

/** The names in a config.json are those of its head: they say nothing of one that is drawn. */
function headOfFolder({ fields, specs, fit, labels }: HeadOptions): HeadOfFolder {
  const head = specs.filter(({ role }) => role.kind === 'head');
  const isKept = head.length > 0 && head.every(({ name }) => fit.found.has(name));
  const named = isKept ? namedLabels(fields) : undefined;
  if (!named || named.length !== head[0]?.shape[0]) return { labels, notes: [] };
  if (!labels || isNameless(named)) return { labels: labels ?? named, notes: [] };
  const order = orderByName(named, labels);
  const [theirs, ours] = [named, labels].map((names) => names.slice(0, 12).join(', '));
  if (!order) {
    return { labels, notes: [`the head is kept, although the folder calls its classes ${theirs}, not ${ours}`] };
  }
  if (order.every((row, i) => row === i)) return { labels, notes: [] };
  return { labels, order, notes: [`the head's classes are put into the order ${ours}; the folder has ${theirs}`] };
}

/** The rows of a matrix, or the elements of a vector, in another order. */
function rowsOf({ data, shape }: { data: Float32Array; shape: readonly number[] }, order: readonly number[]) {
  const width = data.length / (shape[0] ?? 1);
  const rows = new Float32Array(data.length);
  for (const [to, from] of order.entries()) rows.set(data.subarray(from * width, (from + 1) * width), to * width);
  return rows;
}

/** A tokenizer that marks the second text of a pair, over a model without an embedding for that mark, reads no pairs. */
function refuseUntoldPairs(
  tokenizer: TextTokenizer,
  {
    specs,
    maxLength,
    where,
    texts,
  }: { specs: readonly ParameterSpec[]; maxLength: number; where: string; texts: number },
): void {
  const kinds = specs.find(({ role }) => role.kind === 'token-type-embeddings')?.shape[0];
  // Fewer tokens may leave no room for a pair, which is refused in its own words.
  if (kinds === undefined || maxLength < 8) return;
  if (tokenizer.encode(['', ''], maxLength).typeIds.every((type) => type < kinds)) return;
  const refuse = (): never => {
    const message = `The model reads no pairs: it has a type for ${kinds} text only ("type_vocab_size").`;
    throw new InputError(message, { where, hint: 'Take a model that was made for pairs, or a task of one text.' });
  };
  if (texts > 1) refuse();
  const encode = tokenizer.encode.bind(tokenizer);
  tokenizer.encode = (columns, most) => (columns.length > 1 ? refuse() : encode(columns, most));
}
