import { type Victim, victimFrom } from '@rose/attacks';
import { labelOrder } from '@rose/attacks/internal';
import { InputError } from '@rose/foundation';
import { z } from 'zod';
import {
  type HubModel,
  type HubTokenizer,
  describeHubModel,
  dtypes,
  isTransformersFolder,
  loadFromHub,
} from '../transformers/transformers.js';
import { type VictimTask, callSettings, defineVictim, reordered } from './victim-kind.js';

interface ClassifierConfig {
  readonly id2label?: Readonly<Record<string, string>>;
  readonly problem_type?: string;
}

/** What a `text-classification` pipeline of transformers.js is made of; a pipeline itself will do. */
export interface TextClassificationParts {
  readonly tokenizer: HubTokenizer;
  readonly model: HubModel;
}

/**
 * A `text-classification` pipeline as a victim: its tokenizer and its model, without its `top_k`, which sorts classes, and
 * with pairs of texts, which the pipeline does not take. Probabilities are the soft-max of the logits, in the task's order.
 *
 * @throws InputError for a model of several labels at once, or with labels that are not the task's
 */
export function pipelineVictim(name: string, parts: TextClassificationParts, task: VictimTask): Victim {
  const { tokenizer, model } = parts;
  const config = model.config as ClassifierConfig;
  if (config.problem_type === 'multi_label_classification') {
    throw new InputError('The model gives several labels at once: there is no one class to turn.', {
      where: name,
      option: 'model',
      hint: 'Attack a single-label classifier, or write a module that makes one of it.',
    });
  }
  const names = config.id2label ?? {};
  const victimLabels = Object.keys(names).map((_, i) => names[i] ?? `LABEL_${i}`);
  const order = labelOrder({ victimLabels, taskLabels: task.labels, labels: task.victimLabels });
  return victimFrom(name, async (inputs) => {
    const isPair = inputs.some((columns) => columns.length > 1);
    const encoded = tokenizer(
      inputs.map(([text = '']) => text),
      { padding: true, truncation: true, ...(isPair && { text_pair: inputs.map(([, second = '']) => second) }) },
    );
    const { logits } = await model(encoded);
    const classes = logits.dims.at(-1) ?? 0;
    return reordered(
      inputs.map((_, row) => softmax(logits.data.subarray(row * classes, (row + 1) * classes))),
      order,
    );
  });
}

export function softmax(logits: Float32Array): number[] {
  const most = logits.reduce((max, value) => Math.max(max, value), -Infinity);
  const powers = Array.from(logits, (value) => Math.exp(value - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A classifier loaded with transformers.js, from a folder or from the hub. */
export const transformersVictim = defineVictim({
  name: 'transformers',
  title: 'A text classifier for transformers.js: a folder with ONNX files, or a name on the hub',
  takesLabels: true,
  settings: z.strictObject({
    dtype: z
      .enum(dtypes)
      .default('fp32')
      .describe('Weights to load. Quantised ones are faster; their answers depend on the rest of the batch'),
    ...callSettings,
  }),
  recognises: isTransformersFolder,
  async open({ source: model, threads, ...task }, { dtype }) {
    const options = { model, threads, dtype };
    const parts = await loadFromHub('AutoModelForSequenceClassification', options);
    const { name, version, hash } = await describeHubModel(options);
    return {
      victim: pipelineVictim(name, parts, task),
      description: { kind: 'transformers.js', name, version, hash, dtype },
      dispose: async () => void (await parts.model.dispose()),
    };
  },
});
