import type { LanguageModel } from '@rose/attacks';
import { InputError } from '@rose/foundation';
import { type HubOptions, type HubPair, describeHubModel, loadFromHub } from '../transformers/transformers.js';

/** Tokens that a model sees at most: all that GPT-2 can, which TextAttack measures with. Longer contexts cost much memory. */
const MOST_POSITIONS = 1024;
/** Tokens that each further look at a text adds, where it is longer than the model (TextAttack `Perplexity.stride`). */
const STRIDE = 128;

/** Where the configurations of causal models say how many positions they have. */
interface CausalConfig {
  readonly n_positions?: number;
  readonly max_position_embeddings?: number;
}

/**
 * A causal language model loaded with transformers.js, for perplexities as TextAttack's metric `Perplexity` has them (e to
 * the mean negative log-likelihood of a token given those before it; the first is only given), with these departures:
 * - any model will do, where TextAttack has GPT-2; results name it
 * - a text without two tokens has none (NaN), where TextAttack's average is spoilt by it
 * - in a text of more than 128 tokens each counts once; TextAttack weights the first 127 as if they were 128
 *
 * Texts are looked at one by one, so that there is no padding. Special tokens are those that the tokenizer adds (GPT-2's: none).
 * @throws InputError when there is no such model, or none that predicts tokens from left to right
 */
export async function transformersLanguageModel(options: HubOptions): Promise<LanguageModel> {
  const pair = await loadFromHub('AutoModelForCausalLM', options);
  const { version, ...description } = await describeHubModel(options);
  return causalLanguageModel(pair, { ...description, version: `${version}, ${options.dtype ?? 'fp32'}` });
}

/** The same over a tokenizer and a model that are there already. */
export function causalLanguageModel(
  { tokenizer, model }: HubPair,
  { name, version, hash }: { name: string; version: string; hash: string },
): LanguageModel {
  const { n_positions, max_position_embeddings } = model.config as CausalConfig;
  const most = Math.min(n_positions ?? max_position_embeddings ?? MOST_POSITIONS, MOST_POSITIONS);

  /** What the ids from index `first` on have cost, in nats. */
  async function surprise(ids: readonly number[], first: number): Promise<number> {
    const { logits } = await model(await inputsOf(ids));
    const [, length, size = 0] = logits.dims;
    if (length !== ids.length) {
      throw new InputError('The model does not predict a token at each position.', {
        where: name,
        option: 'model',
        hint: 'Give a causal language model, such as Xenova/gpt2.',
      });
    }
    return ids
      .slice(first)
      .map((id, i) => surpriseAt(logits.data.subarray((first + i - 1) * size, (first + i) * size), id))
      .reduce((sum, nats) => sum + nats, 0);
  }

  async function perplexity(text: string): Promise<number> {
    const ids = tokenizer.encode(text);
    if (ids.length < 2) return NaN;
    let nats = 0;
    for (const { from, to, first } of looksAt(ids.length, most)) {
      nats += await surprise(ids.slice(from, to), first - from);
    }
    return Math.exp(nats / (ids.length - 1));
  }

  return {
    name: name.toLowerCase().replace(/\s+/g, '-'),
    version,
    hash,
    async perplexities(texts) {
      const found: number[] = [];
      for (const text of texts) found.push(await perplexity(text));
      return found;
    },
  };
}

/** A batch of one row, nothing of which is padding. */
async function inputsOf(ids: readonly number[]) {
  const { Tensor } = await import('@huggingface/transformers');
  const row = (values: readonly number[]) => new Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
  return { input_ids: row(ids), attention_mask: row(ids.map(() => 1)) };
}

/** −log p of an id, from the logits of all. */
function surpriseAt(logits: Float32Array, id: number): number {
  const highest = logits.reduce((max, value) => Math.max(max, value), -Infinity);
  const powers = logits.reduce((sum, value) => sum + Math.exp(value - highest), 0);
  return highest + Math.log(powers) - (logits[id] ?? NaN);
}

/** Looks at a text of `length` tokens, `most` at a time: `first` … `to` are those that a look predicts, all of them once. */
function looksAt(length: number, most: number): { from: number; to: number; first: number }[] {
  const stride = Math.max(1, Math.min(STRIDE, Math.floor(most / 2)));
  const looks = [{ from: 0, to: Math.min(length, most), first: 1 }];
  for (let first = most; first < length; first += stride) {
    looks.push({ from: first + stride - most, to: Math.min(first + stride, length), first });
  }
  return looks;
}
