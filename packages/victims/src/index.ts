export { classifierVictim } from './classifier-victim.js';
export type { ClassifierVictimOptions } from './classifier-victim.js';
export { encoderVictim } from './encoder-victim.js';
export { httpVictim } from './http/http-victim.js';
export type { HttpVictimOptions } from './http/http-victim.js';
export { openLanguageModel } from './language-models/language-model.js';
export { causalLanguageModel, transformersLanguageModel } from './language-models/transformers-language-model.js';
export {
  maskedLanguageModel,
  transformersMaskedLanguageModel,
} from './language-models/transformers-masked-language-model.js';
export { moduleVictim } from './module-victim.js';
export { findVictim, openVictim, victimKinds } from './open-victim.js';
export type { FoundVictim, OpenVictimOptions } from './open-victim.js';
export { dtypes } from './transformers.js';
export type { Dtype, HubModel, HubOptions, HubPair, HubTokenizer } from './transformers.js';
export { pipelineVictim } from './transformers-victim.js';
export type { TextClassificationParts } from './transformers-victim.js';
export { callSettings, defineVictim } from './victim-kind.js';
export type { OpenedVictim, VictimKind, VictimRequest, VictimTask } from './victim-kind.js';
