import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch-tensors.js';
import { dropoutSite } from '../layers/dropout-site.js';
import { linear } from '../layers/linear.js';
import { meanPooling } from '../layers/mean-pooling.js';
import { weightsPath, writeConfig } from '../model-folder.js';
import type { ParameterRole } from '../parameter-role.js';
import { saveParameters, type Parameters } from '../parameters.js';
import type { ForwardOptions, TextClassifier } from '../text-classifier.js';
import type { TextTokenizer } from '../text-tokenizer.js';
import { Weights } from '../weights.js';
import type { BertConfig } from './config.js';
import { bertFirstStates, bertHiddenStates } from './encoder.js';
import { BERT } from './parameter-specs.js';
import { bertPooler } from './pooler.js';

export interface BertParts {
  readonly config: BertConfig;
  /** config.json as it was read: what we do not know of it is saved again untouched. */
  readonly configFields: Readonly<Record<string, unknown>>;
  readonly parameters: Parameters;
  readonly tokenizer: TextTokenizer;
  readonly classes: number;
  readonly maxLength: number;
}

/** Hugging Face's `BertForSequenceClassification`, or the same with a head on the mean over the tokens. */
export class BertClassifier implements TextClassifier {
  readonly family = BERT;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly roles: ReadonlyMap<string, ParameterRole>;
  readonly freshParameters: readonly string[];
  readonly tokenizer: TextTokenizer;
  readonly classes: number;
  readonly maxLength: number;

  constructor(private readonly parts: BertParts) {
    this.parameters = parts.parameters.variables;
    this.roles = parts.parameters.roles;
    this.freshParameters = parts.parameters.fresh;
    this.tokenizer = parts.tokenizer;
    this.classes = parts.classes;
    this.maxLength = parts.maxLength;
  }

  logits(batch: BatchTensors, options: ForwardOptions = {}): tf.Tensor2D {
    const { config } = this.parts;
    const weights = new Weights(this.parameters, BERT);
    const pooled =
      config.pooling === 'cls'
        ? bertPooler(bertFirstStates(batch, weights, config, options), weights.at('pooler'))
        : meanPooling(bertHiddenStates(batch, weights, config, options), batch.mask);
    const hiddenRate = options.dropoutRate ?? config.hiddenDropout;
    const dropped = dropoutSite(options.dropout, config.classifierDropout ?? hiddenRate).apply(pooled);
    return linear(dropped, new Weights(this.parameters, 'classifier'));
  }

  async saveTo(folder: string): Promise<void> {
    await saveParameters(weightsPath(folder), this.parameters);
    await this.tokenizer.saveTo(folder);
    await writeConfig(folder, {
      ...this.parts.configFields,
      // Only what Hugging Face's class of that name would compute may bear it.
      ...(this.parts.config.pooling === 'cls'
        ? { architectures: ['BertForSequenceClassification'] }
        : { architectures: [], classifier_pooling: 'mean' }),
      ...labelFields(this.parts.configFields, this.classes),
    });
  }

  dispose(): void {
    tf.dispose([...this.parameters.values()]);
  }
}

/** Hugging Face's way of saying how many classes there are; labels that somebody named stay. */
function labelFields({ id2label: named }: Readonly<Record<string, unknown>>, classes: number): Record<string, unknown> {
  if (typeof named === 'object' && named !== null && Object.keys(named).length === classes) return {};
  const labels = Array.from({ length: classes }, (_, i): [string, number] => [`LABEL_${i}`, i]);
  return { id2label: Object.fromEntries(labels.map(([label, i]) => [i, label])), label2id: Object.fromEntries(labels) };
}
