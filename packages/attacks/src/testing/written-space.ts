import { RandomStream } from '@rose/foundation';
import { AttackedText } from '../text/attacked-text.js';
import type { Candidate } from '../constraints/constraint.js';
import type { Scored, SearchMethod, SearchSpace } from '../search/search-method.js';

/** A word's swaps, each with its similarity where a sentence encoder is to have looked. */
type Moves = Record<string, readonly (string | readonly [string, number])[]>;

export interface WrittenSpaceOptions {
  /** Text → score, or a rule; 0 for texts that are not written down. A score above ½ is success. */
  readonly scores: Record<string, number> | ((text: string) => number);
  readonly moves?: Moves;
  readonly budget?: number;
  readonly norms?: readonly number[];
  readonly seed?: number;
  /** Texts that the constraints refuse. */
  readonly refuses?: (text: AttackedText) => boolean;
}

/** A search space whose scores are written down, and what was asked of it. No word is changed twice. */
export function writtenSpace(options: WrittenSpaceOptions) {
  const { scores, moves = {}, budget = Infinity, norms = [], seed = 1, refuses = () => false } = options;
  const asked: string[] = [];
  const scoreOf = (text: string) => (typeof scores === 'function' ? scores(text) : (scores[text] ?? 0));
  const space: SearchSpace = {
    get exhausted() {
      return asked.length >= budget;
    },
    random: RandomStream.of(seed),
    attackable: (text) => text.words.flatMap((_, index) => (text.modified.has(index) ? [] : [index])),
    neighbours: (current, index) => {
      const swaps = current.modified.has(index) ? [] : (moves[current.word(index).text] ?? []);
      const candidates = swaps.map((swap): Candidate => {
        const [word, similarity] = typeof swap === 'string' ? [swap] : swap;
        return { text: current.replace(index, word), index, ...(similarity !== undefined && { similarity }) };
      });
      return Promise.resolve(candidates.filter(({ text }) => !refuses(text)));
    },
    admits: (text) => Promise.resolve(!refuses(text)),
    evaluate: (items) => {
      const allowed = items.slice(0, budget - asked.length);
      asked.push(...allowed.map(({ text }) => text.columns.join()));
      return Promise.resolve(
        allowed.map((item) => {
          const score = scoreOf(item.text.columns.join());
          return { item, score, reached: score > 0.5, probabilities: [1 - score, score] };
        }),
      );
    },
    gradientNorms: () => Promise.resolve(norms),
  };
  const startOf = (text: string, score = 0.1): Scored => ({
    item: { text: AttackedText.of([text]), index: -1 },
    score,
    reached: false,
    probabilities: [1 - score, score],
  });
  const run = async (search: SearchMethod, text: string) =>
    (await search.search(startOf(text), space)).item.text.columns.join();
  return { space, asked, run };
}
