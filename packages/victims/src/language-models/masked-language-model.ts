import type { MarkedText, MaskedLanguageModel, MaskedText, Predictions } from '@rose/attacks';
import { commonPrefix } from '@rose/foundation';
import { softmax } from '../kinds/transformers-victim.js';
import { topIndices } from './top-tokens.js';

/** What scores the ids of a vocabulary at places of a text, whoever computes it. */
export interface MaskedScorer {
  readonly mask: string;
  readonly maskId: number;
  readonly specialIds: ReadonlySet<number>;
  /** The tokens of the vocabulary by id. */
  readonly tokens: readonly (string | undefined)[];
  /** The ids of a text with the special tokens around it. */
  encode(text: string): ArrayLike<number>;
  decode(ids: readonly number[]): string;
  /**
   * The scores of all ids, unnormalised, at the places that `where` finds in the ids of each text, which are cut to the model's
   * length.
   */
  logitsAt(
    texts: readonly string[],
    where: (ids: readonly number[], text: number) => readonly number[],
  ): Promise<readonly (readonly Float32Array[])[]>;
}

/** How results name a model, and tell it from others. */
export interface ModelDescription {
  readonly name: string;
  readonly version: string;
  readonly hash: string;
}

/** A masked language model for BAE, BERT-Attack and CLARE over what scores its vocabulary. */
export function maskedLanguageModel(
  scorer: MaskedScorer,
  { name, version, hash }: ModelDescription,
): MaskedLanguageModel {
  const { mask, maskId } = scorer;
  const tokens = new Vocabulary(scorer);
  return {
    name: name.toLowerCase().replace(/\s+/g, '-'),
    version,
    hash,
    async fill(texts: readonly MaskedText[], count: number) {
      const masked = texts.map(({ before, after }) => before + mask + after);
      const rows = await scorer.logitsAt(masked, (ids) =>
        ids.flatMap((id, position) => (id === maskId ? [position] : [])).slice(0, 1),
      );
      return rows.map(([row], i) => (row ? tokens.predictions(row, { count, starts: texts[i]?.before === '' }) : []));
    },
    async reconstruct(texts: readonly MarkedText[], count: number) {
      const whole = texts.map(({ before, word, after }) => before + word + after);
      const rows = await scorer.logitsAt(whole, (ids, i) => {
        const { before = '', word = '' } = texts[i] ?? {};
        const start = commonPrefix(ids, Array.from(scorer.encode(before)));
        const end = commonPrefix(ids, Array.from(scorer.encode(before + word)));
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
  /** "##" marks what goes on (BERT); otherwise "Ġ" or "▁" marks what begins. */
  private readonly marksContinuations: boolean;

  constructor(private readonly scorer: MaskedScorer) {
    this.marksContinuations = scorer.tokens.some((token) => token?.startsWith('##'));
  }

  predictions(logits: Float32Array, { count, starts }: { count: number; starts: boolean }): Predictions {
    const { specialIds, tokens } = this.scorer;
    const probabilities = Float32Array.from(softmax(logits));
    // Special tokens may be among the best and are passed over.
    return topIndices(probabilities, count + specialIds.size)
      .filter((id) => !specialIds.has(id) && tokens[id] !== undefined)
      .slice(0, count)
      .map((id) => {
        const token = tokens[id] ?? '';
        const text = this.marksContinuations ? token.replace(/^##/, '') : this.scorer.decode([id]).trim();
        const startsWord = this.marksContinuations ? !token.startsWith('##') : starts || /^[Ġ▁]/.test(token);
        return { text, startsWord, probability: probabilities[id] ?? 0 };
      });
  }
}
