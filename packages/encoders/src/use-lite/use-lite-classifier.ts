import * as tf from '@tensorflow/tfjs-core';
import type { BatchTensors } from '../batch-tensors.js';
import { dropoutSite } from '../layers/dropout-site.js';
import { linear } from '../layers/linear.js';
import { weightsPath, writeConfig } from '../model-folder.js';
import type { ParameterRole } from '../parameter-role.js';
import { saveParameters, type Parameters } from '../parameters.js';
import type { ForwardOptions, TextClassifier } from '../text-classifier.js';
import type { TextTokenizer } from '../text-tokenizer.js';
import { Weights } from '../weights.js';
import { DROPOUT_RATE, USE, USE_LITE } from './architecture.js';
import { timingTensor, useLitePooled } from './encoder.js';

export interface UseLiteParts {
  readonly parameters: Parameters;
  readonly tokenizer: TextTokenizer;
  readonly classes: number;
  readonly maxLength: number;
}

/** A linear head on the tanh-bounded sentence vector of USE-lite, before its L2 normalisation; everything is trained. */
export class UseLiteClassifier implements TextClassifier {
  readonly family = USE_LITE;
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly roles: ReadonlyMap<string, ParameterRole>;
  readonly freshParameters: readonly string[];
  readonly tokenizer: TextTokenizer;
  readonly classes: number;
  readonly maxLength: number;
  private readonly timing = timingTensor();

  constructor({ parameters, tokenizer, classes, maxLength }: UseLiteParts) {
    this.parameters = parameters.variables;
    this.roles = parameters.roles;
    this.freshParameters = parameters.fresh;
    this.tokenizer = tokenizer;
    this.classes = classes;
    this.maxLength = maxLength;
  }

  logits(batch: BatchTensors, options: ForwardOptions = {}): tf.Tensor2D {
    const model = { weights: new Weights(this.parameters, USE), timing: this.timing };
    const pooled = useLitePooled(batch, model, options);
    const dropped = dropoutSite(options.dropout, options.dropoutRate ?? DROPOUT_RATE).apply(pooled);
    return linear(dropped, new Weights(this.parameters, 'classifier'));
  }

  async saveTo(folder: string): Promise<void> {
    await saveParameters(weightsPath(folder), this.parameters);
    await this.tokenizer.saveTo(folder);
    await writeConfig(folder, { model_type: USE_LITE, classes: this.classes });
  }

  dispose(): void {
    tf.dispose([...this.parameters.values(), this.timing]);
  }
}
