import type { Descriptor } from '@rose/foundation';
import type * as tf from '@tensorflow/tfjs-core';
import type { JsonObject } from '../files/json-object.js';
import { readTokenizer } from '../tokenizers/read-tokenizer.js';
import { type HeadConfig, type HeadLayout, classificationHeadSpecs, headedNetwork } from './classification-head.js';
import type { ConfigKeys } from './config-keys.js';
import type { Encoder } from './encoder.js';
import type { MaskedHeadLayout } from './masked-language-head.js';
import { defineFamily } from './define-family.js';
import type { Family, ModelSizes } from './family.js';
import type { ParameterSpec } from './parameter-spec.js';

/** What any encoder's configuration says. */
export interface EncoderConfig extends HeadConfig {
  readonly vocabularySize: number;
  /** Of the token embeddings, where it is not that of the states. */
  readonly embeddingWidth?: number;
}

/** A family whose encoder stands alone, below a classification head of Hugging Face's transformers. */
export interface EncoderFamilyDefinition<Config extends EncoderConfig> extends Descriptor {
  readonly tokenizerFiles?: readonly string[];
  /** @throws InputError that names the file and the key */
  readonly parseConfig: (config: JsonObject) => Config;
  /** What is made of each key of config.json. */
  readonly configKeys: ConfigKeys;
  readonly sizes: (config: Config) => ModelSizes;
  /** Before each name of the encoder: `bert`. A bare encoder's file lacks it. */
  readonly prefix: string;
  /** What the encoder's names begin with behind the prefix: `embeddings`. */
  readonly roots: readonly string[];
  /** The name of the table of token embeddings. */
  readonly tokenEmbeddings: string;
  readonly encoderSpecs: (config: Config) => readonly ParameterSpec[];
  readonly createEncoder: (config: Config, variables: ReadonlyMap<string, tf.Variable>) => Encoder;
  readonly head: HeadLayout;
  /** The masked-language head of its checkpoints. */
  readonly maskedHead?: (config: Config) => MaskedHeadLayout;
  /** What config.json says of the head beyond its names, where it says something. */
  readonly adaptHead?: (head: HeadLayout, config: Config) => HeadLayout;
  /** Other heads and buffers that its checkpoints have, by canonical name. */
  readonly leftAside: RegExp;
}

/** Names of today's Hugging Face: with the prefix, and with `weight` and `bias` for what the first BERTs call gamma and beta. */
function canonicalNames(prefix: string, roots: readonly string[]): (stored: string) => string {
  const unprefixed = new RegExp(`^(${roots.join('|')})\\.`);
  return (stored) =>
    (unprefixed.test(stored) ? `${prefix}.${stored}` : stored)
      .replace(/\.gamma$/, '.weight')
      .replace(/\.beta$/, '.bias');
}

const anyOf = (...patterns: readonly RegExp[]) => new RegExp(patterns.map(({ source }) => source).join('|'));
const escaped = (name: string) => name.replaceAll('.', '\\.');

/** Makes a family of an encoder, its head and what it calls them. */
export function defineEncoderFamily<Config extends EncoderConfig>(definition: EncoderFamilyDefinition<Config>): Family {
  const { head, prefix, roots, leftAside, encoderSpecs, createEncoder, maskedHead } = definition;
  const headOf = (config: Config) => definition.adaptHead?.(head, config) ?? head;
  const heads = new RegExp(
    `^(${[head.dense, head.logits, head.norm?.name ?? head.logits, 'classifier'].map(escaped).join('|')})\\.`,
  );
  const tokenizerIn = (folder: string, { vocabularySize }: Config) =>
    readTokenizer(folder, { vocabularySize, modelType: definition.name });
  const withoutHead = anyOf(leftAside, heads);
  const onlyLogits = new RegExp(`^${escaped(head.dense)}\\.`);
  return defineFamily<Config & { readonly fields: JsonObject['fields'] }>({
    name: definition.name,
    title: definition.title,
    ...(definition.paper !== undefined && { paper: definition.paper }),
    tokenizerFiles: definition.tokenizerFiles ?? ['tokenizer.json'],
    poolings: ['cls', 'mean'],
    parseConfig(fields, { pooling }) {
      const config = definition.parseConfig(fields);
      return { ...config, pooling: pooling ?? config.pooling, fields: fields.fields };
    },
    configKeys: definition.configKeys,
    sizes: definition.sizes,
    readTokenizer: tokenizerIn,
    specs: (config, classes) => [...encoderSpecs(config), ...classificationHeadSpecs(headOf(config), config, classes)],
    canonicalName: canonicalNames(prefix, roots),
    leftAside: ({ pooling }) =>
      pooling === 'mean' && head.overMean !== true ? anyOf(leftAside, onlyLogits) : leftAside,
    network(config, { variables }) {
      const encoder = createEncoder(config, variables);
      // Hugging Face's class of this name computes the same only where its own dense layer is there.
      const asItsClass = config.pooling === 'cls' || head.overMean === true;
      return {
        ...headedNetwork({ encoder, layout: headOf(config), config, variables }),
        config: {
          ...config.fields,
          architectures: asItsClass ? [head.architecture] : [],
          // A file that names a way of pooling goes on naming the one that is used.
          ...((config.pooling === 'mean' || 'classifier_pooling' in config.fields) && {
            classifier_pooling: config.pooling,
          }),
        },
      };
    },
    bare: {
      readTokenizer: tokenizerIn,
      width: ({ width }) => width,
      specs: encoderSpecs,
      leftAside: withoutHead,
      create: createEncoder,
      tokenEmbeddings: definition.tokenEmbeddings,
      ...(maskedHead && {
        maskedHead(config) {
          const { vocabularySize, width, embeddingWidth = width, layerNormEpsilon, fields } = config;
          const tied = fields['tie_word_embeddings'] !== false;
          return {
            layout: maskedHead(config),
            config: { vocabularySize, width, embeddingWidth, layerNormEpsilon, tied },
          };
        },
      }),
    },
  });
}
