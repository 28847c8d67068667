import { RandomStream } from '@rose/foundation';
import { createClassifier } from '../model/create-classifier.js';
import { JsonObject } from '../files/json-object.js';
import type { ParameterSpec } from '../model/parameter-spec.js';
import { createParameters } from '../model/parameters.js';
import type { TextClassifier } from '../model/text-classifier.js';
import type { TextTokenizer } from '../tokenizers/text-tokenizer.js';
import { classificationHeadSpecs, headedNetwork } from '../model/classification-head.js';
import { parsePostNormConfig } from '../post-norm/config.js';
import { postNormEncoder } from '../post-norm/encoder.js';
import { postNormSpecs } from '../post-norm/parameter-specs.js';
import { BERT, bertArchitecture as architecture } from './bert.js';

/** The sizes of a BERT, by the keys of Hugging Face's config.json. Absent keys have Hugging Face's defaults. */
export interface BertShape {
  readonly num_hidden_layers: number;
  readonly hidden_size: number;
  readonly num_attention_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
  readonly max_position_embeddings?: number;
  readonly type_vocab_size?: number;
}

export interface RandomBertOptions {
  readonly shape: BertShape;
  readonly classes: number;
  /** The weights are drawn from `RandomStream.of(seed, 'random-bert', parameter)`. */
  readonly seed: number;
}

/** √3 × 0.02: a uniform draw within ± this has the standard deviation of BERT's initialisation. */
const LIMIT = 0.02 * Math.sqrt(3);

/** Norms start as the identity and biases at 0. The rest is uniform, since normal draws take ten times as long. */
function drawn({ name, shape, role: { role } }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  if (role === 'scale') return values.fill(1);
  if (role === 'bias' || role === 'shift') return values;
  const stream = RandomStream.of(seed, 'random-bert', name);
  for (let i = 0; i < values.length; i++) values[i] = LIMIT * (stream.uint32() / 0x8000_0000 - 1);
  return values;
}

const noTokenizer: TextTokenizer = {
  padId: 0,
  encode() {
    throw new Error('A random BERT has no vocabulary: give it token ids.');
  },
  async saveTo() {
    throw new Error('A random BERT has no tokenizer that could be saved.');
  },
};

/**
 * A BERT classifier of any size with random weights, for measuring: the cost of a step does not depend on the weights.
 * It takes batches of token ids. It has no tokenizer and cannot be saved.
 * @throws InputError for sizes that do not fit together
 */
export function randomBert({ shape, classes, seed }: RandomBertOptions): TextClassifier {
  const where = 'the shape of a random BERT';
  const fields = JsonObject.parse(JSON.stringify({ model_type: BERT, ...shape }), where);
  const config = parsePostNormConfig(fields);
  const layout = architecture.head;
  const specs = [...postNormSpecs(architecture, config), ...classificationHeadSpecs(layout, config, classes)];
  const stored = new Map(specs.map((spec) => [spec.name, { shape: spec.shape, data: drawn(spec, seed) }]));
  const parameters = createParameters({ specs, stored, where, seed });
  const { variables } = parameters;
  const encoder = postNormEncoder({ architecture, config, variables });
  return createClassifier({
    family: BERT,
    parameters,
    tokenizer: noTokenizer,
    classes,
    maxLength: config.positions,
    network: { ...headedNetwork({ encoder, layout, config, variables }), config: fields.fields },
  });
}
