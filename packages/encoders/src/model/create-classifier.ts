import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch/batch-tensors.js';
import { dropoutSite } from '../layers/dropout-site.js';
import { linear } from '../layers/linear.js';
import { weightsPath } from './folder-weights.js';
import { writeConfig } from './model-folder.js';
import { type Parameters, saveParameters } from './parameters.js';
import { savedConfig } from './saved-config.js';
import type { ForwardOptions, TextClassifier } from './text-classifier.js';
import type { TextTokenizer } from '../tokenizers/text-tokenizer.js';
import { Weights } from '../layers/weights.js';

/** A family's network below the head, over the variables of one model. */
export interface Network {
  /** One vector for each row, [rows, width]. */
  readonly pool: (batch: BatchTensors, options: ForwardOptions) => tf.Tensor2D;
  /** The dropout rate between `pool` and the head. */
  readonly headDropout: (options: ForwardOptions) => number;
  /** The name of the linear layer at the end; `classifier` by default. */
  readonly logits?: string;
  /** What is written to config.json, besides what `savedConfig` says of head and weights. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Tensors of the network that are not parameters. They are disposed of with the parameters. */
  readonly constants?: readonly tf.Tensor[];
}

export interface ClassifierParts {
  readonly family: string;
  readonly parameters: Parameters;
  readonly tokenizer: TextTokenizer;
  readonly classes: number;
  readonly maxLength: number;
  readonly network: Network;
  /** What the classes are called, to be saved. */
  readonly labels?: readonly string[] | undefined;
  readonly notes?: readonly string[];
}

/** A classifier over any network: dropout, then the linear layer at the end. */
export function createClassifier(given: ClassifierParts): TextClassifier {
  const { parameters, network, tokenizer, labels, notes = [], ...parts } = given;
  const { variables, roles, fresh } = parameters;
  const head = new Weights(variables, network.logits ?? 'classifier');
  return {
    ...parts,
    parameters: variables,
    roles,
    freshParameters: fresh,
    notes,
    tokenizer,
    logits(batch, options = {}) {
      const pooled = network.pool(batch, options);
      return linear(dropoutSite(options.dropout, network.headDropout(options)).apply(pooled), head);
    },
    async saveTo(folder) {
      await saveParameters(weightsPath(folder), variables);
      await tokenizer.saveTo(folder);
      await writeConfig(folder, savedConfig(network.config, { classes: parts.classes, labels }));
    },
    dispose: () => tf.dispose([...variables.values(), ...(network.constants ?? [])]),
  };
}
