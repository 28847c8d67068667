import type { AttackedText } from '../text/attacked-text.js';
import { contractions } from '../resources/contractions.js';
import type { Transformation } from './transformation.js';

const expansions = new Map([...contractions].map(([short, long]) => [long, short]));

/** "Isn't" gives "Is not": the first letter as it was, for "I" as well. */
const withInitial = (text: string, initial: string) => {
  const cased = text.replace(/\bi\b/g, 'I');
  return initial === initial.toUpperCase() ? cased.charAt(0).toUpperCase() + cased.slice(1) : cased;
};

/** Writes a contraction out (CheckList; TextAttack `WordSwapExtend`). */
export const extendContractions: Transformation = {
  name: 'extend-contractions',
  candidates(current, index) {
    const { text } = current.word(index);
    const long = contractions.get(text.toLowerCase());
    return long === undefined ? [] : [current.replace(index, withInitial(long, text.charAt(0)))];
  },
};

/** The word and the next one, where nothing but one space is between them. */
function pairAt(current: AttackedText, index: number): string | undefined {
  const first = current.word(index);
  const second = current.words[index + 1];
  if (second?.column !== first.column) return undefined;
  return current.columns[first.column]?.slice(first.end, second.start) === ' '
    ? `${first.text} ${second.text}`
    : undefined;
}

/**
 * Contracts a word and the next (CheckList; TextAttack `WordSwapContract`, which through a slip in its indices contracts only
 * where every word so far may be changed).
 */
export const contractPairs: Transformation = {
  name: 'contract-pairs',
  candidates(current, index) {
    const pair = pairAt(current, index);
    const short = pair === undefined ? undefined : expansions.get(pair.toLowerCase());
    if (pair === undefined || short === undefined) return [];
    return [current.delete(index + 1).replace(index, withInitial(short, pair.charAt(0)))];
  },
};
