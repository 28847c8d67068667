import { InputError, nearestName } from '@rose/foundation';
import { checkBackend } from '../registry/backends.js';
import { modelFingerprint, modelLabel } from '../registry/models.js';
import { findSource, taskLabel, taskOf } from '../registry/sources.js';
import { findSuite } from '../registry/suites.js';
import { findVariant } from '../registry/variants.js';
import { contentHash } from '../run/hash.js';
import type { Experiment } from './schema.js';

/** Raised when the same settings would give other numbers than before, so that old results are not taken for new ones. */
const methodVersion = 1;

/** One run of the grid, with everything that its result depends on. */
export interface PlannedRun {
  readonly id: string;
  readonly task: string;
  readonly taskLabel: string;
  readonly model: string;
  readonly modelLabel: string;
  readonly variant: string;
  readonly seed: number;
  /** Of everything that the trained weights depend on. */
  readonly trainingHash: string;
  /** Of the weights and what a suite does with them, by suite. */
  readonly suiteHashes: Readonly<Record<string, string>>;
  /** Of all of it. */
  readonly hash: string;
}

export interface Plan {
  readonly schema: 1;
  readonly name: string;
  readonly experiment: Experiment;
  readonly runs: readonly PlannedRun[];
}

/** Resolves an experiment into its runs. Everything that can be refused is refused here, before any training. */
export async function makePlan(name: string, experiment: Experiment): Promise<Plan> {
  checkBackend(experiment.backend.name);
  for (const suite of experiment.suites) findSuite(suite).check(experiment);
  for (const variant of experiment.variants) findVariant(variant, experiment.rose);
  const source = findSource(experiment.data);
  const runs: PlannedRun[] = [];
  for (const task of experiment.tasks) {
    const definition = taskOf(task);
    const data = await source.fingerprint(definition);
    for (const model of experiment.models) {
      const weights = await modelFingerprint(model);
      for (const variant of experiment.variants) {
        for (const seed of experiment.seeds) {
          const { training, rose, backend } = experiment;
          const { trainRows, trainMinWords, trainWholeTexts, devRows } = experiment.data;
          const usesRose = variant.includes('rose');
          const trainingHash = contentHash({
            methodVersion,
            task,
            data,
            rows: { trainRows, trainMinWords, trainWholeTexts, devRows },
            weights,
            variant,
            seed,
            training,
            backend,
            ...(usesRose ? { rose } : {}),
          });
          const suiteHashes = Object.fromEntries(
            experiment.suites.map((suite) => [
              suite,
              contentHash({ trainingHash, suite, ...findSuite(suite).settings(experiment) }),
            ]),
          );
          const label = taskLabel(task, experiment.data);
          runs.push({
            id: `${label}.${modelLabel(model)}.${variant}.seed${seed}`,
            task,
            taskLabel: label,
            model,
            modelLabel: modelLabel(model),
            variant,
            seed,
            trainingHash,
            suiteHashes,
            hash: contentHash({ trainingHash, suiteHashes }),
          });
        }
      }
    }
  }
  refuseDoubles(runs);
  return { schema: 1, name, experiment, runs };
}

function refuseDoubles(runs: readonly PlannedRun[]): void {
  const seen = new Set<string>();
  for (const { id } of runs) {
    if (seen.has(id))
      throw new InputError(`The run '${id}' is in the plan twice.`, {
        hint: 'Name each task, model, variant and seed once; two model folders need different names.',
      });
    seen.add(id);
  }
}

/** The runs whose id matches a glob, in which `*` stands for anything. */
export function selectRuns(runs: readonly PlannedRun[], glob: string | undefined): readonly PlannedRun[] {
  if (!glob) return runs;
  const pattern = new RegExp(
    `^${glob
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  const chosen = runs.filter(({ id }) => pattern.test(id));
  if (chosen.length > 0) return chosen;
  const nearest = nearestName(
    glob,
    runs.map(({ id }) => id),
  );
  throw new InputError(`No run matches '${glob}'.`, {
    where: '--only',
    hint: nearest ? `Did you mean '${nearest}'?` : `An id reads like ${runs[0]?.id ?? '…'}; * stands for anything.`,
  });
}
