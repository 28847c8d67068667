/** For the other packages of ROSE only: benchmarks and tests. It may change in any version. */
export { randomBert } from './families/random-bert.js';
export type { BertShape, RandomBertOptions } from './families/random-bert.js';
export { checkModel } from './load-classifier.js';
export { outlineModel } from './outline-model.js';
export type { ModelOutline } from './outline-model.js';
export { type LayerWithGradient, deriveGradients, layersWithGradient } from './layers/derived-gradients.js';
export { readConfigObject } from './files/json-object.js';
