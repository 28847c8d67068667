import type { ModelSizes, Pooling } from './model/family.js';
import { findFamily } from './find-family.js';

/** What can be said of a model before its weights are read. */
export interface ModelOutline extends ModelSizes {
  /** The name of its family. */
  readonly family: string;
  /** The ways of pooling that a caller may choose between; none where there is one way only. */
  readonly poolings: readonly Pooling[];
}

/**
 * What an embedded model is, or the model of a folder by its config.json.
 * @throws InputError for a missing folder, a broken config.json and an unsupported model type
 */
export async function outlineModel(model: string): Promise<ModelOutline> {
  const { family, ...found } = await findFamily(model);
  const sizes = found.embedded ? found.embedded.sizes : family.sizes(found.config);
  return { family: family.name, poolings: family.poolings, ...sizes };
}
