import type { HeadLayout } from '../model/classification-head.js';
import type { ParameterKind } from '../model/parameter-role.js';
import type { AfterFirst } from './after-first.js';
import type { RelativeAttention } from './relative-attention.js';

/** The modules of a layer. */
export type LayerModule = Extract<
  ParameterKind,
  | 'query'
  | 'key'
  | 'value'
  | 'attention-output'
  | 'attention-norm'
  | 'intermediate'
  | 'feed-forward-output'
  | 'feed-forward-norm'
>;

/** What one family of post-norm encoders calls its parameters, and what it has that others lack. */
export interface PostNormArchitecture {
  /** Before each name of the encoder: `bert`. */
  readonly prefix: string;
  /** Where the layers are: `encoder.layer`. */
  readonly layers: string;
  /** Hugging Face's names of a layer's modules. */
  readonly modules: Readonly<Record<LayerModule, string>>;
  /** How attention goes by distances, if it does. */
  readonly relative?: RelativeAttention;
  /** What stands between the first layer and the second. */
  readonly afterFirst?: AfterFirst;
  /** Whether the projected outputs of attention are dropped; they are by default. */
  readonly dropsAttentionOutput?: boolean;
  readonly head: HeadLayout;
}

/** The names of BERT's layers, which RoBERTa and ELECTRA have kept. */
export const bertModules: PostNormArchitecture['modules'] = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  'attention-output': 'attention.output.dense',
  'attention-norm': 'attention.output.LayerNorm',
  intermediate: 'intermediate.dense',
  'feed-forward-output': 'output.dense',
  'feed-forward-norm': 'output.LayerNorm',
};
