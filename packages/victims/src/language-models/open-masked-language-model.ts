import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MaskedLanguageModel } from '@rose/attacks';
import { encoderMaskedLanguageModel } from './encoder-masked-language-model.js';
import { transformersMaskedLanguageModel } from './transformers-masked-language-model.js';

/** Whether a masked language model is computed by our own encoders, and so needs a backend that has been started. */
export const isOfOurEncoders = (model: string): boolean => existsSync(path.join(model, 'model.safetensors'));

/**
 * The masked language model that a user has named: a folder with model.safetensors for our own encoders, or for transformers.js
 * a folder with ONNX files or a name on the hub. A folder that has both kinds of weights is ours.
 * @throws InputError for what is none of them
 */
export const openMaskedLanguageModel = (
  model: string,
  { threads }: { readonly threads: number },
): Promise<MaskedLanguageModel> =>
  isOfOurEncoders(model) ? encoderMaskedLanguageModel(model) : transformersMaskedLanguageModel({ model, threads });
