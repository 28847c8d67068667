import type { JsonObject } from './json-object.js';
import type { TextClassifier } from './text-classifier.js';

export type Pooling = 'cls' | 'mean';

/** What a caller wants of a model, whatever its family. */
export interface FamilyRequest {
  /** How many classes the head tells apart. */
  readonly classes: number;
  /** Draws the head, N(0, 0.02) from `RandomStream.of(seed, 'head')` with biases 0, unless the folder has one of the right shape. */
  readonly seed: number;
  /**
   * What BERT's head sees: `cls`, Hugging Face's pooler over the first token, or `mean`, the mean over the real tokens, as
   * sentence-transformers pool. What config.json says (`classifier_pooling`) when absent, and `cls` when that is silent too.
   * Other families have one way only.
   */
  readonly pooling?: Pooling;
  /** Most tokens of a sequence; 128, or fewer where the model has no more positions, when absent. */
  readonly maxLength?: number;
}

/** Reads a folder of one family, whose config.json is read already. */
export type FamilyLoader = (folder: string, config: JsonObject, request: FamilyRequest) => Promise<TextClassifier>;
