/**
 * What a module of an encoder does. A new family adds only the kinds that no other has. Another name alone is no new kind:
 * ModernBERT's `Wqkv` is `qkv`, and its `Wi` is `intermediate`.
 */
export type ParameterKind =
  /** One row for each vocabulary id. `perturb` sees these. */
  | 'token-embeddings'
  /** Learned absolute positions. */
  | 'position-embeddings'
  /** Which text of a pair a token comes from; also called segment embeddings. */
  | 'token-type-embeddings'
  | 'embeddings-norm'
  /** A linear layer from the width of the embeddings to that of the layers (ELECTRA). */
  | 'embeddings-projection'
  /** What attention knows of distances, shared by all layers: a bias for each head (MPNet), or embeddings (DeBERTa). */
  | 'relative-positions'
  /** The norm over the embeddings of relative positions (DeBERTa). */
  | 'relative-positions-norm'
  /** What makes keys and queries of relative positions, where the tokens' own projections do not (DeBERTa). */
  | 'relative-key'
  | 'relative-query'
  | 'query'
  | 'key'
  | 'value'
  /** Query, key and value in one matrix, stacked in this order. */
  | 'qkv'
  /** The projection of the heads' joined outputs. */
  | 'attention-output'
  /** The norm of the attention block, before it (pre-layer-norm) or after it (post-layer-norm). */
  | 'attention-norm'
  /** The first layer of the feed-forward network, with its gate if it has one. */
  | 'intermediate'
  /** The second layer of the feed-forward network. */
  | 'feed-forward-output'
  /** The norm of the feed-forward block, before it or after it. */
  | 'feed-forward-norm'
  /** A convolution over neighbouring tokens beside the first layer, [outputs, inputs, places] (DeBERTa-v2). */
  | 'convolution'
  /** The norm of what it is added to. */
  | 'convolution-norm'
  /** A linear layer on a residual connection, where the width changes. */
  | 'residual'
  /** The norm after the last layer (ModernBERT). */
  | 'final-norm'
  /** A pretrained layer between the encoder and the head. */
  | 'pooler'
  /** The first layer of a head of two. */
  | 'head-dense'
  /** The norm between the two layers of a head (ModernBERT). */
  | 'head-norm'
  /** The linear layer whose outputs are the logits. */
  | 'head';

/** The part of a model that a kind belongs to. */
export type ModelPart =
  'embeddings' | 'attention' | 'feed-forward' | 'convolution' | 'residual' | 'final-norm' | 'pooler' | 'head';

/** What a tensor does within its module. */
export type TensorRole =
  /** The matrix of a linear layer, [outputs, inputs], or of a convolution. */
  | 'weight'
  /** What a linear layer adds, [outputs]. */
  | 'bias'
  /** What a norm multiplies by, [width]: γ, PyTorch's `weight`. */
  | 'scale'
  /** What a norm adds, [width]: β, PyTorch's `bias`. */
  | 'shift'
  /** A table of embeddings, [ids, width]. */
  | 'table';

/** What all tensors of one module have in common. */
export interface ModuleRole {
  /** The encoder layer, counted from 0 at the embeddings. Absent outside the layers. */
  readonly layer?: number;
  readonly kind: ParameterKind;
  /** The family's name for the block that it belongs to: `attention`, `output`, `pooler`. Results are grouped by it. */
  readonly block: string;
  /** The family's short name for it in logs: `query`. Unique within a layer, or within a block outside the layers. */
  readonly label: string;
}

/** What a parameter is for. Methods and logs should go by this, and not by the parameter's name. */
export interface ParameterRole extends ModuleRole {
  readonly role: TensorRole;
}

const parts: Readonly<Record<ParameterKind, ModelPart>> = {
  'token-embeddings': 'embeddings',
  'position-embeddings': 'embeddings',
  'token-type-embeddings': 'embeddings',
  'embeddings-norm': 'embeddings',
  'embeddings-projection': 'embeddings',
  'relative-positions': 'attention',
  'relative-positions-norm': 'attention',
  'relative-key': 'attention',
  'relative-query': 'attention',
  query: 'attention',
  key: 'attention',
  value: 'attention',
  qkv: 'attention',
  'attention-output': 'attention',
  'attention-norm': 'attention',
  intermediate: 'feed-forward',
  'feed-forward-output': 'feed-forward',
  'feed-forward-norm': 'feed-forward',
  convolution: 'convolution',
  'convolution-norm': 'convolution',
  residual: 'residual',
  'final-norm': 'final-norm',
  pooler: 'pooler',
  'head-dense': 'head',
  'head-norm': 'head',
  head: 'head',
};

export const partOf = ({ kind }: Pick<ParameterRole, 'kind'>): ModelPart => parts[kind];

/**
 * The role of a parameter that the model is known to have.
 * @throws Error when it has no such parameter
 */
export function roleOf(roles: ReadonlyMap<string, ParameterRole>, parameter: string): ParameterRole {
  const role = roles.get(parameter);
  if (!role) throw new Error(`The model has no parameter '${parameter}'.`);
  return role;
}
