import { contentHash, InputError, nearestName } from '@rose/foundation';
import { augmentationFingerprint } from '../attack/augment-with.js';
import { checkBackend } from '../registry/backends.js';
import { modelFingerprint, modelLabel } from '../registry/models.js';
import { publishedSize } from '../registry/published-size.js';
import { findSource, taskLabel, taskOf } from '../registry/sources.js';
import { findSuite } from '../registry/suites.js';
import { parseVariant } from '../registry/variant-name.js';
import { findVariant } from '../registry/variants.js';
import { type ResolvedSettings, applySettings, resolveSettings } from './resolve-settings.js';
import type { Experiment } from './schema.js';

/** Raised when the same settings would give other numbers than before, so that old results are not taken for new ones. */
const methodVersion = 3;

/** One run of the grid, with everything that its result depends on. */
export interface PlannedRun {
  readonly id: string;
  readonly task: string;
  readonly taskLabel: string;
  readonly model: string;
  readonly modelLabel: string;
  readonly variant: string;
  readonly seed: number;
  /** Settings that the experiment may leave open, and where each came from. */
  readonly resolved: ResolvedSettings;
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
  for (const variant of experiment.variants) parseVariant(variant);
  for (const suite of experiment.suites) findSuite(suite).check(experiment);
  const source = findSource(experiment.data);
  const runs: PlannedRun[] = [];
  for (const task of experiment.tasks) {
    const definition = taskOf(task);
    const data = await source.fingerprint(definition);
    const augmentation = await augmentationFingerprint(experiment.data.augmentWith ?? []);
    for (const model of experiment.models) {
      const weights = await modelFingerprint(model);
      // Mini-GLUE's tasks are not those that the published settings were found for.
      const size = experiment.data.source === 'folder' ? await publishedSize(model) : undefined;
      for (const variant of experiment.variants) {
        const resolved = resolveSettings(experiment, { variant, task, size });
        const settled = applySettings(experiment, resolved);
        const { settings: method } = findVariant(variant, settled);
        for (const seed of experiment.seeds) {
          const { training, backend } = settled;
          const { trainRows, trainMinWords, trainWholeTexts, devRows } = experiment.data;
          const trainingHash = contentHash({
            methodVersion,
            task,
            data,
            rows: { trainRows, trainMinWords, trainWholeTexts, devRows },
            ...(augmentation.length > 0 && { augmentation }),
            weights,
            variant,
            seed,
            training,
            backend,
            ...method,
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
            resolved,
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
