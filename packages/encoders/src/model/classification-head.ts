import type * as tf from '@tensorflow/tfjs-core';
import { type ActivationName, activations } from '../layers/activations.js';
import { dropoutSite } from '../layers/dropout-site.js';
import { layerNorm } from '../layers/layer-norm.js';
import { linear } from '../layers/linear.js';
import { meanPooling } from '../layers/mean-pooling.js';
import { Weights } from '../layers/weights.js';
import type { BatchTensors } from '../batch/batch-tensors.js';
import type { Network } from './create-classifier.js';
import type { Encoder } from './encoder.js';
import type { Pooling } from './family.js';
import { type ParameterSpec, affineSpecs, headSpecs, normSpecs } from './parameter-spec.js';
import type { ForwardOptions } from './text-classifier.js';

/** What a family's classification head in Hugging Face's transformers is made of: a dense layer, then the logits. */
export interface HeadLayout {
  /** Hugging Face's class, for config.json. */
  readonly architecture: string;
  /** The names of the layers: `bert.pooler.dense`, then `classifier`. */
  readonly dense: string;
  readonly logits: string;
  /** Whether the dense layer comes pretrained with the encoder, or is a part of the head. */
  readonly kind: 'pooler' | 'head-dense';
  readonly activation: ActivationName;
  /** Whether dropout comes before the dense layer too. */
  readonly dropsInput?: boolean;
  /** The norm after the activation. */
  readonly norm?: { readonly name: string; readonly bias: boolean };
  /** Whether the dense layer has a bias; it has by default. */
  readonly bias?: boolean;
  /** Whether the dense layer also stands over a mean of the tokens; elsewhere the mean goes to the logits as it is. */
  readonly overMean?: boolean;
}

/** What a head needs to know of the model that it stands on. */
export interface HeadConfig {
  readonly width: number;
  readonly pooling: Pooling;
  readonly layerNormEpsilon: number;
  readonly hiddenDropout: number;
  /** The rate before the logits. Undefined means the hidden rate. */
  readonly classifierDropout: number | undefined;
  /** The rate before the dense layer. Undefined means that before the logits. */
  readonly denseDropout?: number | undefined;
  /** The activation after the dense layer, where config.json has a say in it. */
  readonly denseActivation?: ActivationName;
}

const hasDense = ({ overMean }: HeadLayout, { pooling }: HeadConfig) => pooling === 'cls' || overMean === true;

/** The parameters of a head, those of the logits last. Where a checkpoint lacks them, they are drawn. */
export function classificationHeadSpecs(layout: HeadLayout, config: HeadConfig, classes: number): ParameterSpec[] {
  const { width } = config;
  // With a mean in its place a head is one linear layer, which has its usual name.
  if (!hasDense(layout, config)) return headSpecs(classes, width);
  const block = layout.kind === 'pooler' ? 'pooler' : 'classifier';
  const module = { kind: layout.kind, block, label: 'dense' } as const;
  const [weight, bias] = affineSpecs(layout.dense, module, [width, width]);
  const { norm } = layout;
  const norms = norm ? normSpecs(norm.name, { kind: 'head-norm', block, label: 'norm' }, width) : [];
  return [
    { ...weight, fresh: { normal: layout.kind } },
    ...(layout.bias === false ? [] : [{ ...bias, fresh: 'zeros' } as const]),
    ...norms
      .slice(0, norm?.bias === false ? 1 : 2)
      .map((spec) => ({ ...spec, fresh: spec.role.role === 'scale' ? 'ones' : 'zeros' }) as const),
    ...headSpecs(classes, width, layout.logits),
  ];
}

export interface HeadedEncoder {
  readonly encoder: Encoder;
  readonly layout: HeadLayout;
  readonly config: HeadConfig;
  readonly variables: ReadonlyMap<string, tf.Variable>;
}

/** An encoder under its classification head. */
export function headedNetwork({ encoder, layout, config, variables }: HeadedEncoder): Omit<Network, 'config'> {
  const withDense = hasDense(layout, config);
  const dense = new Weights(variables, layout.dense);
  const rate = ({ dropoutRate }: ForwardOptions) => config.classifierDropout ?? dropoutRate ?? config.hiddenDropout;

  function transformed(pooled: tf.Tensor2D, options: ForwardOptions): tf.Tensor2D {
    const inputs = layout.dropsInput
      ? dropoutSite(options.dropout, config.denseDropout ?? rate(options)).apply(pooled)
      : pooled;
    const active = activations[config.denseActivation ?? layout.activation](linear(inputs, dense));
    return layout.norm ? layerNorm(active, new Weights(variables, layout.norm.name), config.layerNormEpsilon) : active;
  }

  const pooled = (batch: BatchTensors, options: ForwardOptions): tf.Tensor2D =>
    config.pooling === 'cls'
      ? encoder.firstStates(batch, options)
      : meanPooling(encoder.hiddenStates(batch, options), batch.mask);

  return {
    pool: (batch, options) => (withDense ? transformed(pooled(batch, options), options) : pooled(batch, options)),
    headDropout: rate,
    logits: withDense ? layout.logits : 'classifier',
    ...(encoder.constants && { constants: encoder.constants }),
  };
}
