import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AttackBits, attackBits } from './attack-bits.js';
import { rose } from './rose.js';
import { type SweepBits, sweepBits } from './sweep-bits.js';

/** Everything in recorded.json. */
export interface Bits {
  readonly sweep: SweepBits;
  readonly attacks: Readonly<Record<string, AttackBits>>;
}

const own = (name: string): string => path.join('tools/same-bits', name);

/** A trained run of the sweep, attacked once more from outside: the only white box that is an encoder. */
const attackedRun = 'mini-sst2.tiny-bert.vanilla.seed1';

const withoutEncoder = ['--set=attack.similarity=none', '--examples=12'];

/** For what computes on a backend: a victim of ours, and USE-lite. */
const onCpu = '--set=backend.name=cpu';

/** Options of `rose attack`, by the name in recorded.json. */
function attacksOn(sweep: string): Record<string, readonly string[]> {
  const victim = `--victim=${own('fixtures/word-list-victim.mjs')}`;
  const recipes = `textfooler tfadjusted textbugger pwws deepwordbug checklist pruthi input-reduction a2t genetic iga pso`;
  return {
    // By far the longest: USE-lite in plain JavaScript.
    'textbugger with use-lite': [
      victim,
      '--recipe=textbugger',
      '--set=attack.similarity=use-lite',
      '--examples=2',
      onCpu,
    ],
    ...Object.fromEntries(recipes.split(' ').map((name) => [name, [victim, `--recipe=${name}`, ...withoutEncoder]])),
    'a2t on a run': [`--victim=${path.join(sweep, 'runs', attackedRun)}`, '--recipe=a2t', ...withoutEncoder, onCpu],
  };
}

/** Trains and attacks all that recorded.json knows, in a temporary folder. */
export async function measureBits(): Promise<Bits> {
  const folder = await mkdtemp(path.join(tmpdir(), 'same-bits-'));
  try {
    const sweep = path.join(folder, 'sweep');
    await rose(['sweep', `--experiment=${own('fourteen-methods.yaml')}`, `--out=${sweep}`, '--jobs=2']);
    const attacks: [string, AttackBits][] = [];
    await atATime(2, Object.entries(attacksOn(sweep)), async ([name, options]) => {
      const out = path.join(folder, name.replaceAll(' ', '-'));
      const always = ['--no-diffs', `--out=${out}`];
      await rose(['attack', ...options, ...always]);
      attacks.push([name, attackBits(out)]);
    });
    attacks.sort(([a], [b]) => (a < b ? -1 : 1));
    return { sweep: sweepBits(sweep), attacks: Object.fromEntries(attacks) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function atATime<Job>(count: number, jobs: readonly Job[], work: (job: Job) => Promise<void>): Promise<void> {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await work(job);
  };
  await Promise.all(Array.from({ length: count }, worker));
}
