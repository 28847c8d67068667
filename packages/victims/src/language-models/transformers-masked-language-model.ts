import type { MaskedLanguageModel } from '@rose/attacks';
import { InputError } from '@rose/foundation';
import { type HubOptions, type HubPair, describeHubModel, loadFromHub } from '../transformers/transformers.js';
import { type MaskedScorer, maskedLanguageModel } from './masked-language-model.js';

/** Texts a call: each answer holds the whole vocabulary at every position. */
const BATCH_SIZE = 8;

/**
 * A masked language model loaded with transformers.js, for BAE, BERT-Attack and CLARE.
 * @throws InputError when there is no such model, or it knows no mask
 */
export async function transformersMaskedLanguageModel(options: HubOptions): Promise<MaskedLanguageModel> {
  const pair = await loadFromHub('AutoModelForMaskedLM', options);
  const description = await describeHubModel(options);
  return maskedLanguageModel(transformersScorer(pair, description), description);
}

/** What a tokenizer and a model of transformers.js say of a vocabulary. @throws InputError when there is no mask */
export function transformersScorer({ tokenizer, model }: HubPair, { name }: { readonly name: string }): MaskedScorer {
  const { mask_token: mask, mask_token_id: maskId } = tokenizer;
  if (!mask || maskId === undefined || maskId === null) {
    throw new InputError('The model has no mask token.', {
      where: name,
      option: 'model',
      hint: 'Give a masked language model.',
    });
  }
  const tokens: (string | undefined)[] = [];
  for (const [token, id] of tokenizer.get_vocab()) tokens[id] = token;
  return {
    ...{ mask, maskId, tokens, specialIds: new Set(tokenizer.all_special_ids) },
    encode: (text) => tokenizer.encode(text),
    decode: (ids) => tokenizer.decode(ids),
    async logitsAt(texts, where) {
      const found: (readonly Float32Array[])[] = [];
      for (let from = 0; from < texts.length; from += BATCH_SIZE) {
        const inputs = tokenizer(texts.slice(from, from + BATCH_SIZE), { padding: true, truncation: true });
        const ids = inputs.input_ids.tolist().map((row) => row.map(Number));
        const { logits } = await model(inputs);
        const [, length = 0, size = 0] = logits.dims;
        ids.forEach((row, i) => {
          const at = where(row, from + i).map((position) => (i * length + position) * size);
          found.push(at.map((start) => logits.data.slice(start, start + size)));
        });
      }
      return found;
    },
  };
}
