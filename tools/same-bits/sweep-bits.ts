import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** What must not change about one run. A file that a folder lacks is null: records in git come without weights and texts. */
export interface RunBits {
  readonly hash: string;
  readonly trainingHash: string;
  readonly suiteHashes: Readonly<Record<string, string>>;
  readonly steps: number;
  readonly bestEpoch: number;
  /** SHA-256 of the shares of each tensor that the masks kept, and of how far the weights moved. */
  readonly keptShare: string;
  readonly drift: string;
  /** SHA-256 of checkpoint/model.safetensors. */
  readonly weights: string | null;
  /** SHA-256 of train.jsonl without the time that steps took. */
  readonly trainLog: string | null;
  /** SHA-256 of suites/<suite>.jsonl: texts and probabilities, attacked texts and queries. */
  readonly suites: Readonly<Record<string, string | null>>;
}

export interface SweepBits {
  /** By id; null for a run that was planned and has not begun. */
  readonly runs: Readonly<Record<string, RunBits | null>>;
  /** The lines of tables/scores.csv. */
  readonly scores: readonly string[];
  /** The lines of tables/robustness.csv. */
  readonly robustness: readonly string[];
}

interface PlannedRun {
  readonly id: string;
  readonly hash: string;
  readonly trainingHash: string;
  readonly suiteHashes: Readonly<Record<string, string>>;
}

interface RunRecord {
  readonly state: string;
  readonly error?: string;
  readonly training: {
    readonly steps: number;
    readonly bestEpoch: number;
    readonly keptShare: Readonly<Record<string, number>>;
    readonly drift: Readonly<Record<string, number>>;
  };
}

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

export const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The bits of a finished sweep, from the folder of its results.
 * @throws Error for a run that is not done
 */
export function sweepBits(out: string): SweepBits {
  const { runs } = readJson(path.join(out, 'plan.json')) as { runs: readonly PlannedRun[] };
  const table = (name: string) => linesOf(readFileSync(path.join(out, 'tables', name), 'utf8'));
  return {
    runs: Object.fromEntries(runs.map((run) => [run.id, runBits(path.join(out, 'runs', run.id), run)])),
    scores: table('scores.csv'),
    robustness: table('robustness.csv'),
  };
}

function runBits(folder: string, { id, hash, trainingHash, suiteHashes }: PlannedRun): RunBits | null {
  if (!existsSync(path.join(folder, 'run.json'))) return null;
  const { state, error, training } = readJson(path.join(folder, 'run.json')) as RunRecord;
  if (state !== 'done') throw new Error(`The run ${id} is not done but ${state}: ${error ?? ''} (${folder})`);
  const suites = path.join(folder, 'suites');
  const files = existsSync(suites) ? readdirSync(suites).sort() : [];
  return {
    ...{ hash, trainingHash, suiteHashes },
    steps: training.steps,
    bestEpoch: training.bestEpoch,
    keptShare: sha256(JSON.stringify(training.keptShare)),
    drift: sha256(JSON.stringify(training.drift)),
    weights: hashOf(path.join(folder, 'checkpoint', 'model.safetensors')),
    trainLog: hashOf(path.join(folder, 'train.jsonl'), withoutTimes),
    suites: Object.fromEntries([
      ...Object.keys(suiteHashes).map((suite) => [suite, null]),
      ...files.map((file) => [path.basename(file, '.jsonl'), hashOf(path.join(suites, file))]),
    ]),
  };
}

function hashOf(file: string, change: (content: Buffer) => string | Buffer = (content) => content): string | null {
  return existsSync(file) ? sha256(change(readFileSync(file))) : null;
}

function withoutTimes(log: Buffer): string {
  const timeless = (key: string, value: unknown) => (key === 'milliseconds' ? undefined : value);
  return linesOf(log.toString())
    .map((line) => JSON.stringify(JSON.parse(line, timeless)))
    .join('\n');
}

/** What a sweep's bits may depend on beside the code, as its first run states it. */
export function machineOf(out: string): Readonly<Record<string, unknown>> {
  const [id = ''] = readdirSync(path.join(out, 'runs'));
  const { provenance } = readJson(path.join(out, 'runs', id, 'run.json')) as { provenance: Record<string, unknown> };
  return Object.fromEntries(['node', 'platform', 'cpu', 'backend', 'threads'].map((key) => [key, provenance[key]]));
}
