/** Classifiers and language models of many kinds, ready to be attacked or asked by `@rose/attacks`. */

// Any victim, by a name that a user gives.
export { findVictim, openVictim, victimKinds } from './open-victim.js';
export type { FoundVictim, OpenVictimOptions } from './open-victim.js';
export type { OpenedVictim, VictimKind, VictimRequest, VictimTask } from './kinds/victim-kind.js';

// One kind each.
export { classifierVictim } from './kinds/classifier-victim.js';
export type { ClassifierVictimOptions } from './kinds/classifier-victim.js';
export { httpVictim } from './kinds/http-victim.js';
export type { HttpVictimOptions } from './kinds/http-victim.js';
export { pipelineVictim } from './kinds/transformers-victim.js';
export type { TextClassificationParts } from './kinds/transformers-victim.js';

// Language models: for fluency, and for recipes that predict words.
export { openLanguageModel } from './language-models/language-model.js';
export { transformersLanguageModel } from './language-models/transformers-language-model.js';
export { encoderMaskedLanguageModel } from './language-models/encoder-masked-language-model.js';
export { isOfOurEncoders, openMaskedLanguageModel } from './language-models/open-masked-language-model.js';
export { transformersMaskedLanguageModel } from './language-models/transformers-masked-language-model.js';
export type { Dtype, HubModel, HubOptions, HubTokenizer } from './transformers/transformers.js';
