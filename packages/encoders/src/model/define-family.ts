import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs-core';
import type { JsonObject } from '../files/json-object.js';
import type { TextTokenizer } from '../tokenizers/text-tokenizer.js';
import { checkConfigKeys } from './config-keys.js';
import { createClassifier } from './create-classifier.js';
import type {
  BareEncoder,
  EmbeddedWeights,
  Family,
  FamilyDefinition,
  FamilyRequest,
  LoadedEncoder,
  MaskedLanguageEncoder,
  ModelSizes,
} from './family.js';
import { type Fit, type FitOptions, fitParameters } from './fit-parameters.js';
import { type FolderWeights, checkFinite, describeWeights, readParameters } from './folder-weights.js';
import { otherTaskOf } from './foreign-tensors.js';
import { type HeadOfFolder, headOfFolder, rowsOf } from './head-of-folder.js';
import { checkLabels } from './labels.js';
import { maskedHeadSpecs, maskedLogits } from './masked-language-head.js';
import { checkedLength } from './max-length.js';
import type { ParameterSpec } from './parameter-spec.js';
import { type ParameterSource, createParameters } from './parameters.js';
import type { TextClassifier } from './text-classifier.js';

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
