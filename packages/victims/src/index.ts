export { classifierVictim } from './kinds/classifier-victim.js';
export type { ClassifierVictimOptions } from './kinds/classifier-victim.js';
export { encoderVictim } from './kinds/encoder-victim.js';
export { httpVictim } from './kinds/http-victim.js';
export type { HttpVictimOptions } from './kinds/http-victim.js';
export { openLanguageModel } from './language-models/language-model.js';
export { causalLanguageModel, transformersLanguageModel } from './language-models/transformers-language-model.js';
export {
  maskedLanguageModel,
  transformersMaskedLanguageModel,
} from './language-models/transformers-masked-language-model.js';
export { moduleVictim } from './kinds/module-victim.js';
export { openVictim, victimKinds } from './open-victim.js';
export type { OpenVictimOptions } from './open-victim.js';
export { dtypes } from './transformers/transformers.js';
export type { Dtype, HubModel, HubOptions, HubPair, HubTokenizer } from './transformers/transformers.js';
export { pipelineVictim } from './kinds/transformers-victim.js';
export type { TextClassificationParts } from './kinds/transformers-victim.js';
export { callSettings, defineVictim } from './kinds/victim-kind.js';
export type { OpenedVictim, VictimKind, VictimRequest, VictimTask } from './kinds/victim-kind.js';
