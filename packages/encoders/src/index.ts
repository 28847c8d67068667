export { disposeBatch, toTensors } from './batch/batch-tensors.js';
export type { BatchTensors } from './batch/batch-tensors.js';
export { loadMeanPoolingEncoder } from './load-sentence-encoder.js';
export { DropoutMasks } from './layers/dropout.js';
export { families } from './families/families.js';
export type { ConfigKeys } from './model/config-keys.js';
export type {
  CheckRequest,
  Family,
  FamilyRequest,
  LoadedEncoder,
  MaskedLanguageEncoder,
  ModelSizes,
  Pooling,
} from './model/family.js';
export { loadClassifier } from './load-classifier.js';
export type { LoadOptions } from './load-classifier.js';
export { loadMaskedLanguageModel } from './load-masked-language-model.js';
export { partOf, roleOf } from './model/parameter-role.js';
export type { ModelPart, ModuleRole, ParameterKind, ParameterRole, TensorRole } from './model/parameter-role.js';
export { readSafetensors } from './safetensors/read-safetensors.js';
export type { ReadOptions, Safetensors, StoredTensor } from './safetensors/read-safetensors.js';
export { writeSafetensors } from './safetensors/write-safetensors.js';
export type { WritableTensor } from './safetensors/write-safetensors.js';
export type { SentenceEncoder } from './model/sentence-encoder.js';
export type { ForwardOptions, ModelParameters, TextClassifier } from './model/text-classifier.js';
export type { HuggingFaceTokenizer } from './tokenizers/hugging-face-tokenizer.js';
export { readTokenizer } from './tokenizers/read-tokenizer.js';
export type { ReadTokenizerOptions } from './tokenizers/read-tokenizer.js';
export type { TextTokenizer, TokenPlace, TokenSequence, TokenSequenceWithPlaces } from './tokenizers/text-tokenizer.js';
export { bucketLength, collate } from './batch/token-batch.js';
export type { CollateOptions, TokenBatch } from './batch/token-batch.js';
export { loadUseLiteSentenceEncoder } from './use-lite/load-sentence-encoder.js';
export { modelFingerprint, modelLabel } from './model/model-fingerprint.js';
