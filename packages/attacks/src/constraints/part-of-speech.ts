import { LruCache } from '../querying/lru-cache.js';
import type { PartOfSpeech, PartOfSpeechTagger } from '../resources/part-of-speech-tagger.js';
import { isSwap } from './constraint.js';
import type { Constraint } from './constraint.js';

/** Words of context that the tagger sees before and after (TextAttack `PartOfSpeech`). */
const BEFORE = 4;
const AFTER = 3;
/** Characters of windows whose tags are remembered. */
const CACHE_CHARACTERS = 2 ** 23;

export interface SamePartOfSpeechOptions {
  /** Nouns and verbs may stand for each other, default true (TextAttack `allow_verb_noun_swap`). */
  readonly verbsForNouns?: boolean;
}

/**
 * The new word must have the part of speech of the word it replaces in the original text; nouns and verbs may be
 * swapped. Both are tagged in the same surroundings, those of the original text, and the tag read is the one at the
 * changed index (TextAttack reads the first equal word of the window, which may be another one). An insertion or a
 * deletion, where no word stands for another, passes.
 */
export function samePartOfSpeech(
  tagger: PartOfSpeechTagger,
  { verbsForNouns = true }: SamePartOfSpeechOptions = {},
): Constraint {
  const isVerbOrNoun = (tag: PartOfSpeech) => tag === 'NOUN' || tag === 'VERB';
  const swappable = (a: PartOfSpeech, b: PartOfSpeech) =>
    a === b || (verbsForNouns && isVerbOrNoun(a) && isVerbOrNoun(b));
  const known = new LruCache<PartOfSpeech>(CACHE_CHARACTERS);
  const tagAmid = (before: readonly string[], word: string, after: readonly string[]): PartOfSpeech => {
    // Words hold no blanks, and the index tells where in the window the word stands.
    const key = `${before.length} ${[...before, word, ...after].join(' ')}`;
    const tag = known.get(key) ?? tagger.tags([...before, word, ...after])[before.length] ?? 'X';
    known.set(key, tag);
    return tag;
  };
  return {
    name: 'part-of-speech',
    filter: (candidates, { original, current }) => {
      const textsOf = (from: number, to: number) => original.words.slice(Math.max(from, 0), to).map(({ text }) => text);
      return candidates.filter(({ text, index }) => {
        if (!isSwap(text, current)) return true;
        const origin = text.origin(index);
        const before = textsOf(origin - BEFORE, origin);
        const after = textsOf(origin + 1, origin + 1 + AFTER);
        const wanted = tagAmid(before, original.word(origin).text, after);
        return swappable(wanted, tagAmid(before, text.word(index).text, after));
      });
    },
  };
}
