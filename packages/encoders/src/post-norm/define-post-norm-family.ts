import type { Descriptor } from '@rose/foundation';
import type { JsonObject } from '../files/json-object.js';
import type { ConfigKeys } from '../model/config-keys.js';
import { defineEncoderFamily } from '../model/encoder-family.js';
import type { MaskedHeadLayout } from '../model/masked-language-head.js';
import type { Family } from '../model/family.js';
import { readTokenizer } from '../tokenizers/read-tokenizer.js';
import type { PostNormArchitecture } from './architecture.js';
import type { PostNormConfig } from './config.js';
import { postNormEncoder } from './encoder.js';
import { postNormSpecs } from './parameter-specs.js';

export interface PostNormFamilyDefinition extends Descriptor {
  readonly architecture: PostNormArchitecture;
  /** @throws InputError that names the file and the key */
  readonly parseConfig: (config: JsonObject) => PostNormConfig;
  /** What is made of each key of config.json. */
  readonly configKeys: ConfigKeys;
  /** The masked-language head of its checkpoints. */
  readonly maskedHead?: (config: PostNormConfig) => MaskedHeadLayout;
  /** Other heads that its checkpoints have, by name; buffers are known to all. */
  readonly otherHeads: RegExp;
}

/** Makes a family of BERT's kind from what is special about it. */
export function definePostNormFamily({ architecture, otherHeads, ...definition }: PostNormFamilyDefinition): Family {
  const [layersRoot = ''] = architecture.layers.split('.');
  return defineEncoderFamily<PostNormConfig>({
    ...definition,
    prefix: architecture.prefix,
    tokenEmbeddings: `${architecture.prefix}.embeddings.word_embeddings.weight`,
    roots: ['embeddings', 'embeddings_project', layersRoot, 'pooler'],
    encoderSpecs: (config) => postNormSpecs(architecture, config),
    createEncoder: (config, variables) => postNormEncoder({ architecture, config, variables }),
    head: architecture.head,
    leftAside: new RegExp(`(^|\\.)position_ids$|${otherHeads.source}`),
    sizes: ({ positions, firstPosition, layers, hiddenDropout, attentionDropout, classifierDropout = 0 }) => ({
      mostTokens: positions - firstPosition,
      layers,
      dropoutRate: Math.max(hiddenDropout, attentionDropout, classifierDropout),
    }),
    readTokenizer,
  });
}
