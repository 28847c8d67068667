import { angularSimilarity } from '../constraints/sentence-similarity.js';
import type { AttackOutcome, Quality } from '../text/outcome.js';
import type { Resource } from '../resources/resource.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';

/** A language model that reads from left to right; supplied by the caller, for this package knows no tensors. */
export interface LanguageModel extends Partial<Omit<Resource, 'name'>> {
  readonly name: string;
  /** e to the mean negative log-likelihood of a token, for each text; NaN where a text has nothing to predict. */
  perplexities(texts: readonly string[]): Promise<readonly number[]>;
}

export interface Gauges {
  readonly sentenceEncoder?: SentenceEncoder;
  readonly languageModel?: LanguageModel;
}

/** Enough for any comparison, and beyond the rounding errors of the models. */
const rounded = (value: number) => Number(value.toPrecision(5));

/**
 * A success with how similar and how fluent its text is, as TextAttack's quality metrics see it; any other outcome as it
 * is. Columns are read as one text, joined at a line break. What cannot be measured (a text without a token to predict) is
 * left out. It costs no query.
 */
export async function measureOutcome(
  outcome: AttackOutcome,
  { sentenceEncoder, languageModel }: Gauges,
): Promise<AttackOutcome> {
  const { adversarial, original } = outcome;
  if (!adversarial || !(sentenceEncoder || languageModel)) return outcome;
  const texts = [original, adversarial].map((judged) => judged.texts.join('\n'));
  const vectors = await sentenceEncoder?.embed(texts);
  const perplexities = await languageModel?.perplexities(texts.map((text) => text.toLowerCase()));
  const values: Record<keyof Quality, number | undefined> = {
    similarity: vectors?.[0] && vectors[1] && angularSimilarity(vectors[0], vectors[1]),
    originalPerplexity: perplexities?.[0],
    adversarialPerplexity: perplexities?.[1],
  };
  const quality = Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value !== undefined && Number.isFinite(value) ? [[name, rounded(value)]] : [],
    ),
  );
  return { ...outcome, quality };
}
