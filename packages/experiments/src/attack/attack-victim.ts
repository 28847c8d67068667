import path from 'node:path';
import {
  type AttackMetrics,
  type AttackOutcome,
  type AttackRecipe,
  type UsedResource,
  attackMetrics,
} from '@rose/attacks';
import { startBackend } from '@rose/backends';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { InputError, checkFolder, contentHash, lookUp, renamingOptions } from '@rose/foundation';
import { type TaskDefinition, subset } from '@rose/glue';
import { type FoundVictim, type OpenedVictim, findVictim, openLanguageModel } from '@rose/victims';
import { type Catalogue, findRecipe, findTask } from '../catalogue/catalogue.js';
import { placing } from '../settings/places.js';
import { journalFile } from '../data/augment-with.js';
import { ROWS_SEED, findSource, taskLabel } from '../data/sources.js';
import { collectProvenance } from '../run/provenance.js';
import { type Schedule, attackSession } from './attack-session.js';
import { type AttackSettings, type GivenAttackSettings, parseAttackSettings, victimKeys } from './attack-settings.js';
import { checkRecipe, openRecipe } from '../recipes/open-recipe.js';
import { writeResults } from './write-results.js';

export interface AttackVictimOptions {
  readonly catalogue: Catalogue;
  /** A run or checkpoint folder, a folder or hub name for transformers.js, a module, a URL. */
  readonly victim: string;
  readonly recipe: string;
  readonly task: string;
  /** Dev rows under attack; the settings' `attack.examples` by default. */
  readonly examples?: number | undefined;
  readonly seed: number;
  readonly out?: string | undefined;
  readonly concurrency: number;
  readonly queryBudget?: number | undefined;
  readonly timeBudget?: number | undefined;
  /** The victim's names for the task's labels, in the task's order. */
  readonly labels?: readonly string[] | undefined;
  /** Columns that stay as they are, such as `premise`. */
  readonly freeze?: readonly string[] | undefined;
  /** A module that exports `perplexities`, or a causal language model for transformers.js. */
  readonly languageModel?: string | undefined;
  /** `SECTION.KEY=VALUE` of data, attack, backend and victim. */
  readonly set: readonly string[];
  readonly threads: number;
  /** Whether results that are there already are begun anew. */
  readonly force: boolean;
  /** Whether examples that ended in errors are attacked again. */
  readonly retryErrors: boolean;
  /** Called for each outcome that is new, with how many there are then; `begun` tells of earlier attempts. */
  readonly onOutcome: (outcome: AttackOutcome, done: number) => void;
  readonly onBegin: (attack: {
    readonly total: number;
    readonly labels: readonly string[];
    /** What opening the victim has found worth saying. */
    readonly notes: readonly string[];
  }) => void;
  readonly signal: AbortSignal;
}

export interface AttackedVictim {
  readonly recipe: string;
  readonly victim: string;
  readonly taskLabel: string;
  readonly examples: number;
  readonly metrics: AttackMetrics;
  readonly schedule: Schedule;
  /** What was written, the journal first. */
  readonly files: readonly string[];
}

/**
 * Attacks a victim that is there already, and writes the results.
 * @throws InputError for a request that makes no sense; InterruptedError when stopped, to be taken up again
 */
export async function attackVictim(options: AttackVictimOptions): Promise<AttackedVictim> {
  const { catalogue, seed, concurrency, queryBudget, timeBudget, threads, signal } = options;
  if (options.out !== undefined) await checkFolder(options.out, { option: 'out' });
  const recipeDescriptor = findRecipe(catalogue, options.recipe);
  const { settings, placeOf, refuse } = parseAttackSettings({ catalogue, set: options.set, recipe: recipeDescriptor });
  refuseContradictions(options, refuse);
  placing(placeOf, () => checkRecipe(recipeDescriptor, settings.attack));
  const { task, source, examples } = await renamingOptions({ tasks: 'task' }, () =>
    placing(placeOf, () => rowsUnderAttack(options, settings)),
  );
  const frozenColumns = (options.freeze ?? []).map((name) => columnOf(task, name));
  const aboutVictim = <T>(use: () => T): T =>
    renamingOptions(victimOptions, () => placing(placeOf, () => renamingOptions(victimKeys, use)));
  const found = await aboutVictim(() =>
    findVictim({
      source: options.victim,
      labels: task.labels,
      victimLabels: options.labels,
      threads,
      settings: settings.victim,
    }),
  );
  const backend = await backendFor(found, settings, { refuse, placeOf, threads });
  const opened = await aboutVictim(() => found.open());
  try {
    await probe(opened, task);
    const recipe = await placing(placeOf, () =>
      openRecipe(recipeDescriptor, settings.attack, { threads, frozenColumns }),
    );
    const { languageModel: named } = options;
    const languageModel =
      named === undefined
        ? undefined
        : await renamingOptions({ model: 'languageModel' }, () => openLanguageModel(named, { threads }));
    const sentenceEncoder = settings.attack.similarity === 'none' ? undefined : await loadUseLiteSentenceEncoder();
    const maxLength = settings.victim['maxLength'];
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
    const out = options.out ?? defaultFolder([label, opened.victim.name, recipeDescriptor.name, `seed${seed}`]);
    await checkFolder(out, { option: 'out' });

    options.onBegin({ total: examples.length, labels: task.labels, notes: opened.notes ?? [] });
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
      force: options.force,
      out,
      header,
      signal,
      onOutcome: options.onOutcome,
    });
    const files = await writeResults({
      out,
      header,
      outcomes,
      schedule,
      provenance: await collectProvenance({ backend, threads }),
      task,
      recipe: recipe.name,
      victim: opened.victim.name,
    });
    return attacked({
      recipe,
      opened,
      label,
      examples: examples.length,
      outcomes,
      schedule,
      files: [journalFile(out), ...files],
    });
  } finally {
    await opened.dispose();
  }
}

interface Attacked {
  readonly recipe: AttackRecipe;
  readonly opened: OpenedVictim;
  readonly label: string;
  readonly examples: number;
  readonly outcomes: readonly AttackOutcome[];
  readonly schedule: Schedule;
  readonly files: readonly string[];
}

const attacked = ({ recipe, opened, label, outcomes, ...rest }: Attacked): AttackedVictim => ({
  recipe: recipe.name,
  victim: opened.victim.name,
  taskLabel: label,
  metrics: attackMetrics(outcomes),
  ...rest,
});

/** What the options of those who open victims are called here. */
const victimOptions = { source: 'victim', victimLabels: 'labels' };

/** @throws InputError for two options of which one leaves nothing to the other */
function refuseContradictions(
  { examples, force, retryErrors }: AttackVictimOptions,
  refuse: GivenAttackSettings['refuse'],
): void {
  if (examples !== undefined) {
    refuse({ 'attack.examples': { why: `the number of examples is given already: ${examples}`, servants: [] } });
  }
  if (force && retryErrors) {
    throw new InputError('What is begun anew has no errors that could be attacked again.', {
      option: 'retryErrors',
      hint: 'Give one of the two.',
    });
  }
}

async function rowsUnderAttack(options: AttackVictimOptions, { data, attack }: AttackSettings) {
  const task = findTask(options.catalogue, options.task);
  const source = findSource(data);
  const dev = await source.load(task, 'dev');
  const examples = renamingOptions({ size: 'examples' }, () =>
    subset(dev, { size: options.examples ?? attack.examples, seed: ROWS_SEED, stratified: true }),
  );
  return { task, source, examples };
}

/**
 * Starts the backend, if anything will be computed on it.
 * @returns its name
 */
async function backendFor(
  { kind }: FoundVictim,
  { attack, backend: { name } }: AttackSettings,
  { refuse, placeOf, threads }: Omit<GivenAttackSettings, 'settings'> & { readonly threads: number },
): Promise<string> {
  if (kind.onBackend || attack.similarity !== 'none') {
    await placing(placeOf, () => renamingOptions({ backend: 'backend.name' }, () => startBackend({ name, threads })));
    return name;
  }
  const why = `nothing is computed on it: the victim is of the kind '${kind.name}', and attack.similarity is none`;
  refuse({ 'backend.name': { why, servants: ['victims of the kind encoder', 'attack.similarity: use-lite'] } });
  return 'none';
}

const columnOf = ({ columns }: TaskDefinition, name: string): number =>
  lookUp(new Map(columns.map((column, i) => [column, i])), name, { kind: 'column', where: 'freeze' });

/** One question before the attack: better no attack than a table full of errors. */
async function probe({ victim }: OpenedVictim, { columns, labels }: TaskDefinition) {
  const [row = []] = await victim.probabilities([columns.map(() => 'a')]);
  if (row.length === labels.length) return;
  throw new InputError(`The victim answers with ${row.length} classes; the task has ${labels.length}.`, {
    option: 'victim',
    hint: 'Choose the task that the victim was trained on.',
  });
}

/** What measures similarity or perplexity, as the results name it. */
const gaugeOf = (gauge: Partial<UsedResource> | undefined) =>
  gauge ? { name: gauge.name, version: gauge.version, hash: gauge.hash } : null;

/** A folder below results/attacks, whatever the parts of its name hold. */
const defaultFolder = (parts: readonly string[]): string =>
  path.join(
    'results',
    'attacks',
    parts.map((part) => part.replace(/[^\w.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')).join('.'),
  );
