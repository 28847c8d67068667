import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Curve,
  type MissingRun,
  type RobustnessTable,
  type ScoreRow,
  robustnessTable,
  writeTables,
} from '@rose/reporting';
import type { Plan } from '../experiment/plan.js';
import { type Catalogue, findSuite } from '../catalogue/catalogue.js';
import type { Provenance } from '../run/provenance.js';
import { isCurrent, secondsOf } from '../run/run-record.js';
import { type RunStatus, statusOf } from './run-status.js';

export interface ReportOptions {
  readonly out: string;
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

/**
 * Aggregates whatever a folder of runs holds for a plan, and writes the tables and the report.
 * @returns the table of robustness
 */
export async function writeReport({ out, plan, catalogue }: ReportOptions): Promise<RobustnessTable> {
  const statuses = await statusOf(out, plan.runs);
  const scores = statuses.flatMap(scoresOf);
  const missing: MissingRun[] = statuses
    .filter(({ done }) => !done)
    .map(({ run, record }) => ({ id: run.id, reason: record?.error ?? (record ? record.state : 'not run yet') }));
  const { experiment } = plan;
  const table = robustnessTable(scores, {
    headline: Object.fromEntries(experiment.suites.map((name) => [name, findSuite(catalogue, name).headline])),
    variants: experiment.variants,
    missing,
  });
  await writeTables(out, {
    title: experiment.title,
    table,
    scores,
    missing,
    runs: statuses.map(({ run, record, done }) => ({
      id: run.id,
      state: done ? 'done' : (record?.state ?? 'not run yet'),
      ...(record?.training ? { seconds: secondsOf(record) } : {}),
    })),
    provenance: printable(statuses.find(({ record }) => record)?.record?.provenance),
    details: await lossCurves(out, statuses),
  });
  return table;
}

/** The scores of a run that belong to the plan: those of suites with other settings are not shown. */
function scoresOf({ run, record }: RunStatus): ScoreRow[] {
  if (record?.training?.hash !== run.trainingHash) return [];
  return Object.entries(record.suites)
    .filter(([suite]) => isCurrent(record, run, suite))
    .flatMap(([suite, { metrics, examples }]) =>
      Object.entries(metrics).map(([metric, value]) => ({
        task: run.taskLabel,
        model: run.modelLabel,
        variant: run.variant,
        seed: run.seed,
        suite,
        metric,
        value,
        examples,
      })),
    );
}

function printable(provenance: Provenance | undefined): Record<string, string> {
  if (!provenance) return {};
  const { git, packages, argv, ...rest } = provenance;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, String(value)])),
    ...packages,
    git: git ? `${git.commit}${git.dirty ? ' (with changes)' : ''}` : 'not a checkout',
    argv: argv.join(' '),
  };
}

/** The training loss of each run, from its log. */
async function lossCurves(out: string, statuses: readonly RunStatus[]): Promise<Record<string, Curve[]>> {
  const curves: Record<string, Curve[]> = {};
  for (const { run, record } of statuses) {
    if (!record?.training) continue;
    const text = await readFile(path.join(out, 'runs', run.id, 'train.jsonl'), 'utf8').catch(() => '');
    const points = text.split('\n').flatMap((line) => {
      const entry = entryOf(line);
      return entry?.kind === 'step' ? [{ x: entry.step, y: entry.loss }] : [];
    });
    if (points.length > 0) curves[run.id] = [{ name: 'training loss', points }];
  }
  return curves;
}

/** An entry of a log; nothing for a line that was cut short when its process was killed. */
function entryOf(line: string): { kind: string; step: number; loss: number } | undefined {
  try {
    return JSON.parse(line) as { kind: string; step: number; loss: number };
  } catch {
    return undefined;
  }
}
