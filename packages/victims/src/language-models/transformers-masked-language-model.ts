import type { MarkedText, MaskedLanguageModel, MaskedText, Predictions } from '@rose/attacks';
import { commonPrefix, InputError } from '@rose/foundation';
import { type HubOptions, type HubPair, describeHubModel, loadFromHub } from '../transformers/transformers.js';
import { softmax } from '../kinds/transformers-victim.js';
import { topIndices } from './top-tokens.js';

/** Texts a call: each answer holds the whole vocabulary at every position. */
const BATCH_SIZE = 8;

/** The rows of logits that somebody wants of a text, [positions, vocabulary]. */
type Rows = readonly Float32Array[];

/**
 * A masked language model loaded with transformers.js, for BAE, BERT-Attack and CLARE.
 * @throws InputError when there is no such model, or it knows no mask
 */
export async function transformersMaskedLanguageModel(options: HubOptions): Promise<MaskedLanguageModel> {
  const pair = await loadFromHub('AutoModelForMaskedLM', options);
  return maskedLanguageModel(pair, await describeHubModel(options));
}

/** The same over a tokenizer and a model that are there already. */
export function maskedLanguageModel(
  { tokenizer, model }: HubPair,
  { name, version, hash }: { name: string; version: string; hash: string },
): MaskedLanguageModel {
  const { mask_token: mask, mask_token_id: maskId } = tokenizer;
  if (!mask || maskId === undefined || maskId === null) {
    throw new InputError('The model has no mask token.', {
      where: name,
      option: 'model',
      hint: 'Give a masked language model.',
    });
  }
  const tokens = new Vocabulary(tokenizer);

  /** Logits at the positions that `where` finds in each text's ids. */
  async function logitsAt(texts: readonly string[], where: (ids: readonly number[], i: number) => readonly number[]) {
    const found: Rows[] = [];
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
  }

  return {
    name: name.toLowerCase().replace(/\s+/g, '-'),
    version,
    hash,
    async fill(texts: readonly MaskedText[], count: number) {
      const masked = texts.map(({ before, after }) => before + mask + after);
      const rows = await logitsAt(masked, (ids) =>
        ids.flatMap((id, position) => (id === maskId ? [position] : [])).slice(0, 1),
      );
      return rows.map(([row], i) => (row ? tokens.predictions(row, { count, starts: texts[i]?.before === '' }) : []));
    },
    async reconstruct(texts: readonly MarkedText[], count: number) {
      const whole = texts.map(({ before, word, after }) => before + word + after);
      const rows = await logitsAt(whole, (ids, i) => {
        const { before = '', word = '' } = texts[i] ?? {};
        const start = commonPrefix(ids, tokenizer.encode(before));
        const end = commonPrefix(ids, tokenizer.encode(before + word));
        return Array.from({ length: Math.max(0, end - start) }, (_, k) => start + k);
      });
      return rows.map((positions, i) =>
        positions.map((row, k) => tokens.predictions(row, { count, starts: k === 0 && texts[i]?.before === '' })),
      );
    },
  };
}

/** Token ids as the words, or pieces of words, that they stand for. */
class Vocabulary {
  private readonly tokens: readonly (string | undefined)[];
  /** "##" marks what goes on (BERT); otherwise "Ġ" or "▁" marks what begins. */
  private readonly marksContinuations: boolean;
  private readonly special: ReadonlySet<number>;

  constructor(private readonly tokenizer: HubPair['tokenizer']) {
    const tokens: (string | undefined)[] = [];
    for (const [token, id] of tokenizer.get_vocab()) tokens[id] = token;
    this.tokens = tokens;
    this.special = new Set(tokenizer.all_special_ids);
    this.marksContinuations = tokens.some((token) => token?.startsWith('##'));
  }

  predictions(logits: Float32Array, { count, starts }: { count: number; starts: boolean }): Predictions {
    const probabilities = Float32Array.from(softmax(logits));
    // Special tokens may be among the best and are passed over.
    return topIndices(probabilities, count + this.special.size)
      .filter((id) => !this.special.has(id) && this.tokens[id] !== undefined)
      .slice(0, count)
      .map((id) => {
        const token = this.tokens[id] ?? '';
        const text = this.marksContinuations ? token.replace(/^##/, '') : this.tokenizer.decode([id]).trim();
        const startsWord = this.marksContinuations ? !token.startsWith('##') : starts || /^[Ġ▁]/.test(token);
        return { text, startsWord, probability: probabilities[id] ?? 0 };
      });
  }
}
