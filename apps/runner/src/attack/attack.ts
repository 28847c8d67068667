import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type UsedResource, attackMetrics, renderMetrics } from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { contentHash, InputError, lookUp } from '@rose/foundation';
import { type TaskDefinition, subset } from '@rose/glue';
import { ExitCode } from '../exit-code.js';
import { startBackend } from '@rose/backends';
import { findSource, taskLabel, taskOf } from '@rose/experiments';
import { collectProvenance } from '@rose/experiments';
import { openVictim } from '@rose/victims';
import type { OpenedVictim } from '@rose/victims';
import { AttackProgress } from '../terminal/attack-progress.js';
import { attackSession, journalFile } from '@rose/experiments';
import { openLanguageModel } from '@rose/victims';
import { checkRecipe, openRecipe } from '@rose/experiments';
import { attackSettings } from '@rose/experiments';
import { writeResults } from '@rose/experiments';

/** The dev rows under attack are the same for every victim, recipe and seed, and the same as in the suites of a sweep. */
const ROWS_SEED = 0;

export interface AttackOptions {
  readonly victim: string;
  readonly recipe: string;
  readonly task: string;
  readonly examples?: number | undefined;
  readonly seed: number;
  readonly out?: string | undefined;
  readonly concurrency: number;
  readonly queryBudget?: number | undefined;
  readonly timeBudget?: number | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Columns that stay as they are, such as `premise`. */
  readonly freeze?: readonly string[] | undefined;
  /** A module that exports `perplexities`, or a causal language model for transformers.js. */
  readonly languageModel?: string | undefined;
  readonly set: readonly string[];
  readonly threads: number;
  readonly force: boolean;
  /** Whether examples that ended in errors are attacked again. */
  readonly retryErrors: boolean;
  readonly diffs: boolean;
  readonly print: (text: string) => void;
  readonly colour: boolean;
  readonly status?: ((line: string) => void) | undefined;
  readonly signal: AbortSignal;
}

/**
 * `rose attack`: attacks a victim that is there already, prints the metrics, and writes the results.
 * @throws InputError for a request that makes no sense; InterruptedError when stopped, to be taken up again
 */
export async function attack(options: AttackOptions): Promise<ExitCode> {
  const { seed, concurrency, queryBudget, timeBudget, threads, signal, print } = options;
  const settings = attackSettings(options.set);
  const descriptor = checkRecipe(options.recipe, settings.attack);
  const task = taskOf(options.task);
  const frozenColumns = (options.freeze ?? []).map((name) => columnOf(task, name));
  const source = findSource(settings.data);
  const dev = await source.load(task, 'dev');
  const size = options.examples ?? settings.attack.examples;
  const examples = subset(dev, { size, seed: ROWS_SEED, stratified: true });

  await startBackend(settings.backend.name, threads);
  const opened = await openVictim({
    source: options.victim,
    labels: task.labels,
    victimLabels: options.labels,
    threads,
    settings: settings.victim,
  });
  try {
    await probe(opened, task);
    const recipe = await openRecipe(descriptor, settings.attack, { threads, frozenColumns });
    const languageModel = options.languageModel
      ? await openLanguageModel(options.languageModel, { threads })
      : undefined;
    const sentenceEncoder = settings.attack.similarity === 'none' ? undefined : await loadUseLiteSentenceEncoder();
    const { maxLength } = settings.victim;
    const request = {
      task: task.name,
      data: {
        source: source.name,
        hash: (await source.fingerprint(task)).slice(0, 16),
        split: 'dev',
        rows: examples.length,
      },
      seed,
      recipe: recipe.describe(),
      victim: { ...opened.description, ...(maxLength !== undefined && { maxLength }) },
      labels: options.labels ?? null,
      queryBudget: queryBudget ?? null,
      timeBudget: timeBudget ?? null,
      gauges: { similarity: gaugeOf(sentenceEncoder), perplexity: gaugeOf(languageModel) },
    };
    const header = { rose: 'attack', schema: 1, ...request, settings: contentHash(request) };
    const label = taskLabel(task.name, settings.data);
    const out =
      options.out ??
      path.join('results', 'attacks', folderName([label, opened.victim.name, descriptor.name, `seed${seed}`]));
    if (options.force) await rm(journalFile(out), { force: true });

    let progress: AttackProgress | undefined;
    const { outcomes, schedule } = await attackSession({
      recipe,
      victim: opened.victim,
      examples,
      seed,
      concurrency,
      queryBudget,
      timeBudget,
      gauges: { ...(sentenceEncoder && { sentenceEncoder }), ...(languageModel && { languageModel }) },
      retryErrors: options.retryErrors,
      out,
      header,
      signal,
      onOutcome: (outcome, done) => {
        progress ??= new AttackProgress({ ...options, total: examples.length, done: done - 1, labels: task.labels });
        progress.add(outcome, done);
      },
    }).finally(() => progress?.close());

    const metrics = attackMetrics(outcomes);
    const provenance = await collectProvenance({ backend: settings.backend.name, threads });
    const files = await writeResults({
      out,
      header,
      outcomes,
      schedule,
      provenance,
      task,
      recipe: recipe.name,
      victim: opened.victim.name,
    });
    print(`\n${recipe.name} on ${opened.victim.name}, ${label}\n${renderMetrics(metrics)}`);
    if (schedule.resumed < examples.length) {
      const { examplesPerMinute, modelTimeShare, texts, calls } = schedule;
      print(
        `${examplesPerMinute.toFixed(1)} examples a minute, ${(100 * modelTimeShare).toFixed(0)} % of the time inside the victim; it saw ${texts} texts in ${calls} calls`,
      );
    }
    print([journalFile(out), ...files].join('\n'));
    if (metrics.errors > 0) print(`${metrics.errors} examples ended in errors; --retry-errors attacks them again.`);
    return metrics.errors > 0 ? ExitCode.Failed : ExitCode.Done;
  } finally {
    await opened.dispose();
  }
}

const columnOf = ({ columns }: TaskDefinition, name: string): number =>
  lookUp(new Map(columns.map((column, i) => [column, i])), name, { kind: 'column', where: '--freeze' });

/** One question before the attack: better no attack than a table full of errors. */
async function probe({ victim }: OpenedVictim, { columns, labels }: TaskDefinition) {
  const [row = []] = await victim.probabilities([columns.map(() => 'a')]);
  if (row.length === labels.length) return;
  throw new InputError(`The victim answers with ${row.length} classes; the task has ${labels.length}.`, {
    where: '--victim',
    hint: 'Choose the task that the victim was trained on.',
  });
}

/** What measures similarity or perplexity, as the results name it. */
const gaugeOf = (gauge: Partial<UsedResource> | undefined) =>
  gauge ? { name: gauge.name, version: gauge.version, hash: gauge.hash } : null;

/** A name of a folder, whatever the victim's own holds. */
const folderName = (parts: readonly string[]): string =>
  parts.map((part) => part.replace(/[^\w.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')).join('.');
