/**
 * What a module of an encoder does, in the words of the field. A new family adds the kinds that it has and the others lack:
 * a table of relative positions (MPNet, DeBERTa), a final norm (ModernBERT), a first layer of the head (RoBERTa).
 * What only looks different is no new kind: ModernBERT's `Wqkv` is `qkv`, its `Wi` is `intermediate`.
 */
export type ParameterKind =
  /** The table that `perturb` sees rows of: one row a vocabulary id. */
  | 'token-embeddings'
  /** Learnt absolute positions. */
  | 'position-embeddings'
  /** Which text of a pair a token comes from; also called segment embeddings. */
  | 'token-type-embeddings'
  | 'embeddings-norm'
  | 'query'
  | 'key'
  | 'value'
  /** Query, key and value in one matrix, one below the other in this order. */
  | 'qkv'
  /** The projection that mixes the heads. */
  | 'attention-output'
  /** The norm before the attention (pre-layer-norm) or after it (post-layer-norm). */
  | 'attention-norm'
  /** The first layer of the feed-forward network, which widens; with a gated activation, its gate too. */
  | 'intermediate'
  /** The second layer of the feed-forward network. */
  | 'feed-forward-output'
  /** The norm before the feed-forward network or after it. */
  | 'feed-forward-norm'
  /** A linear layer on a skip connection, where the width changes. */
  | 'residual'
  /** A layer between the encoder and the head that was pretrained with the encoder. */
  | 'pooler'
  /** The linear layer whose outputs are the logits. */
  | 'head';

/** The part of a model that a kind belongs to. */
export type ModelPart = 'embeddings' | 'attention' | 'feed-forward' | 'residual' | 'pooler' | 'head';

/** What a tensor does within its module. */
export type TensorRole =
  /** The matrix of a linear layer, [outputs, inputs]. */
  | 'weight'
  /** What a linear layer adds, [outputs]. */
  | 'bias'
  /** What a norm multiplies by, [width]; called γ, or `weight` in PyTorch. */
  | 'scale'
  /** What a norm adds, [width]; called β, or `bias` in PyTorch. */
  | 'shift'
  /** A table of embeddings, [ids, width]. */
  | 'table';

/** What all tensors of one module have in common. */
export interface ModuleRole {
  /** The layer of the encoder, counted from 0, from the embeddings up; absent outside the layers. */
  readonly layer?: number;
  readonly kind: ParameterKind;
  /** The block that the family's names put it in, within its layer or outside all layers: `attention`, `output`, `pooler`. */
  readonly block: string;
  /** The family's short name for it, in logs. It is unique within a layer, and within a block outside the layers: `query`. */
  readonly label: string;
}

/** What a parameter is for. Methods and logs go by this, and never by the parameter's name. */
export interface ParameterRole extends ModuleRole {
  readonly role: TensorRole;
}

const parts: Readonly<Record<ParameterKind, ModelPart>> = {
  'token-embeddings': 'embeddings',
  'position-embeddings': 'embeddings',
  'token-type-embeddings': 'embeddings',
  'embeddings-norm': 'embeddings',
  query: 'attention',
  key: 'attention',
  value: 'attention',
  qkv: 'attention',
  'attention-output': 'attention',
  'attention-norm': 'attention',
  intermediate: 'feed-forward',
  'feed-forward-output': 'feed-forward',
  'feed-forward-norm': 'feed-forward',
  residual: 'residual',
  pooler: 'pooler',
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
