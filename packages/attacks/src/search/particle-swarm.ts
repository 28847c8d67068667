import type { AttackedText } from '../text/attacked-text.js';
import { best, neighboursByWord } from './neighbourhood.js';
import { drawIndex, fittest, pickIndices, textOf } from './population.js';
import type { Scored, SearchMethod, SearchSpace } from './search-method.js';

export interface ParticleSwarmOptions {
  readonly particles: number;
  /** Most rounds of flights. */
  readonly rounds: number;
}

interface Particle {
  readonly result: Scored;
  /** The best place that this particle has been at. */
  readonly elite: Scored;
  /** One number a word. */
  readonly velocity: readonly number[];
}

/** Zang et al. (2020), section 5: inertia from 0.8 to 0.2, the pull of a particle's own best likewise, velocity to ±3. */
const [FIRST, LAST] = [0.8, 0.2];
const TOP_SPEED = 3;
/** Flights tried until one meets the constraints; then the particle stays (TextAttack's `max_turn_retries` + 1). */
const FLIGHTS = 21;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const wordsOf = (text: AttackedText) => text.words.map((word) => word.text);

/** The best change of each word of a text, and a way to draw one by how much it gains: `draw` asks no query. */
async function survey(result: Scored, space: SearchSpace): Promise<{ readonly isEmpty: boolean; draw: () => Scored }> {
  const changes: Scored[] = [];
  for (const { candidates } of await neighboursByWord(textOf(result), space)) {
    const top = best(await space.evaluate(candidates));
    if (top) changes.push(top);
  }
  const gains = changes.map(({ score }) => Math.max(0, score - result.score));
  // Where nothing gains, all are as good, and staying is one of them.
  const any = () => space.random.below(changes.length + 1);
  return { isEmpty: changes.length === 0, draw: () => changes[drawIndex(gains, space.random) ?? any()] ?? result };
}

/** From `from` towards `to`: each word is taken over with its probability, if what comes out meets the constraints. */
async function flown(
  from: AttackedText,
  to: AttackedText,
  { probabilities, space }: { probabilities: readonly number[]; space: SearchSpace },
): Promise<AttackedText> {
  for (let trial = 0; trial < FLIGHTS; trial++) {
    const taken = pickIndices(from.words.length, (index) => probabilities[index] ?? 0, space.random);
    const text = from.withWordsOf(to, taken);
    if (await space.admits(text, from)) return text;
  }
  return from;
}

function acceleratedBy(particle: Particle, leader: Scored, inertia: number): readonly number[] {
  const [here, own, all] = [particle.result, particle.elite, leader].map((result) => wordsOf(textOf(result)));
  const pull = (index: number, words: readonly string[] | undefined) =>
    here?.[index] === words?.[index] ? -TOP_SPEED : TOP_SPEED;
  return particle.velocity.map(
    (speed, index) => inertia * speed + (1 - inertia) * (pull(index, own) + pull(index, all)),
  );
}

/** One round of flights; what the budget leaves unjudged is dropped. */
async function moved(
  particles: readonly Particle[],
  leader: Scored,
  { progress, space }: { progress: number; space: SearchSpace },
): Promise<readonly Particle[]> {
  const inertia = FIRST - (FIRST - LAST) * progress;
  const flights = [];
  for (const particle of particles) {
    const velocity = acceleratedBy(particle, leader, inertia);
    const flight = { probabilities: velocity.map(sigmoid), space };
    let text = textOf(particle.result);
    // The pull of a particle's own best wanes as the inertia does; that of the leader grows.
    if (space.random.uniform() < inertia) text = await flown(text, textOf(particle.elite), flight);
    if (space.random.uniform() < FIRST + LAST - inertia) text = await flown(text, textOf(leader), flight);
    flights.push({ text, index: -1, particle, velocity });
  }
  const judged = await space.evaluate(flights);
  return judged.map(({ item: { text, index, particle, velocity }, ...rest }) => ({
    result: { item: { text, index }, ...rest },
    elite: particle.elite,
    velocity,
  }));
}

/** Texts far from the original are changed seldom: with probability 1 − 2 · share of words changed. */
async function mutatedSwarm(particles: readonly Particle[], original: AttackedText, space: SearchSpace) {
  const before = wordsOf(original);
  const swarm: Particle[] = [];
  for (const particle of particles) {
    const changed = wordsOf(textOf(particle.result)).filter((word, index) => word !== before[index]).length;
    const mutates = space.random.uniform() < 1 - (2 * changed) / Math.max(1, before.length);
    swarm.push(
      mutates && !space.exhausted ? { ...particle, result: (await survey(particle.result, space)).draw() } : particle,
    );
  }
  return swarm;
}

/**
 * Particle swarm optimisation (Zang et al. 2020, as in their code and TextAttack's `ParticleSwarmOptimization`): texts that
 * fly, word by word, towards the best text that each has met and the best of all, and mutate now and then. Swaps only.
 * TextAttack flies the other way round, from the best text towards the particle.
 */
export function particleSwarm({ particles: count, rounds }: ParticleSwarmOptions): SearchMethod {
  return {
    name: `particle-swarm (${count}, ${rounds})`,
    async search(start, space) {
      const original = textOf(start);
      let top = start;
      const follow = (particles: readonly Particle[]) => {
        const [first, ...others] = particles;
        const leader = first && fittest([first, ...others]).result;
        if (leader && leader.score > top.score) top = leader;
        return top.reached || space.exhausted;
      };

      let swarm: readonly Particle[] = await firstSwarm(start, space, count);
      if (follow(swarm)) return top;
      for (let round = 0; round < rounds; round++) {
        swarm = await moved(swarm, top, { progress: round / rounds, space });
        if (follow(swarm)) break;
        swarm = await mutatedSwarm(swarm, original, space);
        if (follow(swarm)) break;
        swarm = swarm.map((one) => (one.result.score > one.elite.score ? { ...one, elite: one.result } : one));
      }
      return top;
    },
  };
}

/** Mutations of the text that the attack begins with; none where it has no neighbours. */
async function firstSwarm(start: Scored, space: SearchSpace, count: number): Promise<readonly Particle[]> {
  const { isEmpty, draw } = await survey(start, space);
  if (isEmpty) return [];
  return Array.from({ length: count }, () => {
    const result = draw();
    const speed = TOP_SPEED * (2 * space.random.uniform() - 1);
    return { result, elite: result, velocity: textOf(start).words.map(() => speed) };
  });
}
