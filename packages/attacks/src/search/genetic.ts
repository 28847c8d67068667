import type { AttackedText } from '../text/attacked-text.js';
import { best, byScore } from './neighbourhood.js';
import { drawIndex, pickIndices, textOf } from './population.js';
import type { Scored, SearchMethod, SearchSpace } from './search-method.js';

export interface GeneticOptions {
  /** Members of a generation. */
  readonly population: number;
  /** Most generations, not counting the first. */
  readonly generations: number;
}

/** A text of the population, with what its words weigh when the next one to change is drawn. */
interface Member {
  readonly result: Scored;
  readonly weights: readonly number[];
}

/** Where the two genetic attacks differ. */
interface Variant {
  readonly name: string;
  /** The first generation, `population` members at most; none where no word may change. */
  initial(start: Scored, space: SearchSpace, population: number): Promise<readonly Member[]>;
  /** The words that a child takes from its second parent. */
  inherited(words: number, space: SearchSpace): readonly number[];
  /** The weight of a word that has just been changed. */
  spent(weight: number): number;
}

/** How sharply parents are chosen by score (Alzantot et al. 2018). */
const TEMPERATURE = 0.3;
/** Children tried until one meets the constraints; then a parent lives on (TextAttack's `max_crossover_retries` + 1). */
const CROSSOVERS = 21;

const replaced = (list: readonly number[], index: number, value: number) =>
  list.map((each, i) => (i === index ? value : each));

/** The member with its best change at `index`; undefined where none is better. */
async function improvedAt(
  index: number,
  member: Member,
  space: SearchSpace,
  spent: Variant['spent'],
): Promise<Member | undefined> {
  const top = best(await space.evaluate(await space.neighbours(textOf(member.result), index)));
  if (!top || top.score <= member.result.score) return undefined;
  return { result: top, weights: replaced(member.weights, index, spent(member.weights[index] ?? 0)) };
}

/** The member with one word changed for the better: words are drawn until one can be; itself where none can. */
async function mutated(member: Member, space: SearchSpace, { spent }: Variant): Promise<Member> {
  let weights = member.weights;
  while (!space.exhausted) {
    const index = drawIndex(weights, space.random);
    if (index === undefined) break;
    const better = await improvedAt(index, member, space, spent);
    if (better) return better;
    weights = replaced(weights, index, 0);
  }
  return member;
}

/** A child with words of both; one of its parents where no mixture meets the constraints. */
async function crossed(
  [first, second]: readonly [Member, Member],
  space: SearchSpace,
  variant: Variant,
): Promise<Member> {
  const [one, other] = [textOf(first.result), textOf(second.result)];
  for (let trial = 0; trial < CROSSOVERS; trial++) {
    const taken = variant.inherited(one.words.length, space);
    const text: AttackedText = one.withWordsOf(other, taken);
    if (!(await space.admits(text, one))) continue;
    const [result] = await space.evaluate([{ text, index: -1 }]);
    if (!result) return first;
    return {
      result,
      weights: first.weights.map((weight, i) => (taken.includes(i) ? (second.weights[i] ?? 0) : weight)),
    };
  }
  return space.random.uniform() < 0.5 ? first : second;
}

function genetic(variant: Variant, { population, generations }: GeneticOptions): SearchMethod {
  return {
    name: `${variant.name} (${population}, ${generations})`,
    async search(start, space) {
      let members = await variant.initial(start, space, population);
      let top = start;
      for (let generation = 0; generation <= generations; generation++) {
        members = [...members].sort((a, b) => byScore(a.result, b.result));
        const [elite] = members;
        if (!elite) break;
        if (elite.result.score > top.score) top = elite.result;
        if (top.reached || space.exhausted || generation === generations) break;
        const fitness = members.map(({ result }) => Math.exp(result.score / TEMPERATURE));
        const parent = () => members[drawIndex(fitness, space.random) ?? 0] ?? elite;
        const parents = members.slice(1).map(() => [parent(), parent()] as const);
        const children: Member[] = [];
        for (const pair of parents) {
          if (space.exhausted) break;
          children.push(await mutated(await crossed(pair, space, variant), space, variant));
        }
        members = [elite, ...children];
      }
      return top;
    },
  };
}

/** A weight for each word: how many candidates it has, one at least, for it may have some later; none where nobody has. */
async function candidateWeights(text: AttackedText, space: SearchSpace): Promise<readonly number[]> {
  const counts = await Promise.all(text.words.map(async (_, index) => (await space.neighbours(text, index)).length));
  if (counts.every((count) => count === 0)) return [];
  const least = Math.max(1, Math.floor(Math.min(...counts) / 10));
  return counts.map((count) => Math.max(count, least));
}

/**
 * The genetic algorithm of Alzantot et al. (2018), as TextAttack's `AlzantotGeneticAlgorithm`: words with many candidates are
 * changed first and once, a child takes each word from either parent. Swaps only.
 */
export function geneticSearch(options: GeneticOptions): SearchMethod {
  const variant: Variant = {
    name: 'genetic',
    spent: () => 0,
    inherited: (words, { random }) => pickIndices(words, () => 0.5, random),
    async initial(start, space, population) {
      const weights = await candidateWeights(textOf(start), space);
      if (weights.length === 0) return [];
      const members: Member[] = [];
      while (members.length < population && !space.exhausted) {
        members.push(await mutated({ result: start, weights }, space, variant));
      }
      return members;
    },
  };
  return genetic(variant, options);
}

/**
 * The improved genetic algorithm of Wang et al. (2019), as TextAttack's `ImprovedGeneticAlgorithm`: the first generation is
 * the best swap of each word, a child is cut from two parents at one point, and a word may change `changesPerWord`
 * times. Swaps only.
 */
export function improvedGeneticSearch({
  changesPerWord,
  ...options
}: GeneticOptions & { readonly changesPerWord: number }): SearchMethod {
  const variant: Variant = {
    name: 'improved-genetic',
    spent: (weight) => weight - 1,
    inherited: (words, { random }) => {
      const cut = random.below(words);
      return Array.from({ length: words - cut }, (_, i) => cut + i);
    },
    async initial(start, space, population) {
      const weights = textOf(start).words.map(() => changesPerWord);
      const members: Member[] = [];
      if (space.attackable(textOf(start)).length === 0) return members;
      for (const index of textOf(start).words.keys()) {
        if (members.length === population || space.exhausted) break;
        const member: Member = { result: start, weights };
        members.push((await improvedAt(index, member, space, variant.spent)) ?? member);
      }
      return members;
    },
  };
  return genetic(variant, options);
}
