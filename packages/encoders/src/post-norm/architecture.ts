import type { HeadLayout } from '../model/classification-head.js';
import type { ParameterKind } from '../model/parameter-role.js';

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
  /** The name of the table of relative positions, if attention goes by them. */
  readonly relativeBias?: string;
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
