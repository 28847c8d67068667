import { InputError } from '@rose/foundation';
import { isOneWord } from '../text/attacked-text.js';
import type {
  MarkedText,
  MaskedLanguageModel,
  PredictedToken,
  Predictions,
} from '../resources/masked-language-model.js';
import { around, scheduled } from './masked-text.js';
import type { Transformation } from './transformation.js';

/** Words put together from one prediction for each position, by falling probability: the same order as by perplexity. */
function combinations(positions: readonly Predictions[], count: number): readonly string[] {
  let top: readonly { word: string; logProbability: number }[] = [{ word: '', logProbability: 0 }];
  for (const tokens of positions) {
    // Whatever follows, one of the best `count` words begins with one of the best `count` beginnings.
    top = top
      .flatMap(({ word, logProbability }) =>
        tokens.map(({ text, probability }) => ({
          word: word + text,
          logProbability: logProbability + Math.log(probability),
        })),
      )
      .sort((a, b) => b.logProbability - a.logProbability)
      .slice(0, count);
  }
  return top.map(({ word }) => word);
}

/**
 * What a masked language model would rather read in a word's place, the word itself unmasked (Li et al. 2020, BERT-Attack):
 * for a word of one token, those of the first `maxCandidates` predictions that are whole words; for a word of several, the
 * likeliest `maxCandidates` combinations of them. TextAttack takes combinations as they come, for it drops its own sort.
 *
 * @throws InputError when the model cannot look at unmasked words (no `reconstruct`).
 */
export function maskedReconstruction(model: MaskedLanguageModel, maxCandidates: number): Transformation {
  const reconstruct = model.reconstruct?.bind(model);
  if (!reconstruct) {
    throw new InputError(`The masked language model "${model.name}" does not look at unmasked words.`, {
      option: 'maskedLanguageModel',
      hint: 'Give one that has the method `reconstruct`.',
    });
  }
  const ask = scheduled<MarkedText, readonly Predictions[]>((texts) => reconstruct(texts, maxCandidates));
  return {
    name: 'masked-reconstruction',
    async candidates(current, index) {
      const { text: word } = current.word(index);
      const positions = await ask({ ...around(current, index), word });
      const usable = (token: PredictedToken) => isOneWord(token.text) && (positions.length > 1 || token.startsWord);
      const words =
        positions.length > 0
          ? combinations(
              positions.map((p) => p.filter(usable)),
              maxCandidates,
            )
          : [];
      const swaps = new Set(words.filter((other) => other !== word && isOneWord(other)));
      return [...swaps].map((swap) => current.replace(index, swap));
    },
  };
}
