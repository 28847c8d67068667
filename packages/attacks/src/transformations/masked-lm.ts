import type { AttackedText } from '../text/attacked-text.js';
import { isOneWord } from '../text/attacked-text.js';
import type { MaskedLanguageModel, MaskedText, Predictions } from '../resources/masked-language-model.js';
import type { PartOfSpeech, PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import { around, scheduled } from './masked-text.js';
import type { Transformation } from './transformation.js';

export interface MaskedLanguageModelOptions {
  readonly model: MaskedLanguageModel;
  /** Most words tried. */
  readonly maxCandidates: number;
  /** Smallest probability of a word. */
  readonly minConfidence: number;
}

/** Tokens asked for, as a multiple of the words wanted: punctuation and the like are left out afterwards. */
const SURPLUS = 3;

/**
 * Words for a hole in a text, the most probable first (TextAttack's method "bae"): pieces of words stand for themselves,
 * what is not one word, or has no Latin letter, is left out.
 */
function filler({ model, maxCandidates, minConfidence }: MaskedLanguageModelOptions) {
  const ask = scheduled<MaskedText, Predictions>((texts) => model.fill(texts, SURPLUS * maxCandidates));
  return async (text: MaskedText): Promise<readonly string[]> => {
    const predictions = await ask(text);
    const words = predictions.filter(({ text: word, probability }) => probability >= minConfidence && isOneWord(word));
    return [...new Set(words.slice(0, maxCandidates).map(({ text: word }) => word))].filter((word) =>
      /[a-z]/i.test(word),
    );
  };
}

/** Another word in the place of a word that is masked (Garg & Ramakrishnan 2020, BAE-R; Li et al. 2021, CLARE). */
export function maskedReplace(options: MaskedLanguageModelOptions): Transformation {
  const fill = filler(options);
  return {
    name: 'masked-replace',
    async candidates(current, index) {
      const { text: word } = current.word(index);
      const words = await fill(around(current, index));
      return words.filter((other) => other !== word).map((other) => current.replace(index, other));
    },
  };
}

/** A new word beside a word (BAE-I on either side; CLARE before it). */
export function maskedInsert(options: MaskedLanguageModelOptions, side: 'before' | 'after' = 'before'): Transformation {
  const fill = filler(options);
  return {
    name: `masked-insert (${side})`,
    async candidates(current, index) {
      const { text: word } = current.word(index);
      const { before, after } = around(current, index);
      const words = await fill(
        side === 'before' ? { before, after: ` ${word}${after}` } : { before: `${before}${word} `, after },
      );
      return words
        .filter((other) => other !== word)
        .map((other) => current.replace(index, side === 'before' ? `${other} ${word}` : `${word} ${other}`));
    },
  };
}

/** Pairs of parts of speech that one word may stand for (CLARE, appendix; TextAttack `find_merge_index`). */
const MERGEABLE: Partial<Record<PartOfSpeech, readonly PartOfSpeech[]>> = {
  NOUN: ['NOUN'],
  ADJ: ['NOUN', 'NUM', 'ADJ', 'ADV'],
  ADV: ['ADJ', 'VERB'],
  VERB: ['ADV', 'VERB', 'NOUN', 'ADJ'],
  DET: ['NOUN', 'ADJ'],
  PRON: ['NOUN', 'ADJ'],
  NUM: ['NUM', 'NOUN'],
};

/** One word in the place of a word and the next in its column, where their parts of speech go together (CLARE). */
export function maskedMerge(options: MaskedLanguageModelOptions, tagger: PartOfSpeechTagger): Transformation {
  const fill = filler(options);
  const known = new WeakMap<AttackedText, readonly PartOfSpeech[]>();
  const tagsOf = (text: AttackedText) => {
    const tags = known.get(text) ?? tagger.tags(text.words.map((word) => word.text));
    known.set(text, tags);
    return tags;
  };
  return {
    name: 'masked-merge',
    async candidates(current, index) {
      const { text: word, column } = current.word(index);
      if (current.words[index + 1]?.column !== column) return [];
      const [first = 'X', second = 'X'] = tagsOf(current).slice(index, index + 2);
      if (!MERGEABLE[first]?.includes(second)) return [];
      const shorter = current.delete(index + 1);
      const words = await fill(around(shorter, index));
      return words.filter((other) => other !== word).map((other) => shorter.replace(index, other));
    },
  };
}
