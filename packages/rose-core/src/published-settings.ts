/** The tasks, model sizes (of RoBERTa) and selections of ROSE's released code. */
type PublishedTask = 'qnli' | 'qqp' | 'rte' | 'sst2';
type PublishedSize = 'base' | 'large';
export type PublishedSelection = 'rose-first' | 'rose-second' | 'rose-ensemble';

export interface PublishedSettings {
  readonly learningRate: number;
  /** Percentile up to which saliencies are kept; `lower` is 0 throughout. */
  readonly upper: number;
}

const at = (learningRate: number, upper: number): PublishedSettings => ({ learningRate, upper });

type Table = Readonly<
  Record<PublishedSelection, Readonly<Record<PublishedSize, Readonly<Record<PublishedTask, PublishedSettings>>>>>
>;

/**
 * Learning rate and threshold of each task and size, as the README of github.com/jiangllan/ROSE gives them (HEAD ae28d74).
 * Tuned on RoBERTa, with 96 and 192 maskable tensors: they mean nothing literally for a model of other size.
 */
const publishedSettings: Table = {
  'rose-first': {
    base: { qnli: at(2e-5, 70), qqp: at(2e-5, 70), rte: at(4e-5, 80), sst2: at(2e-5, 60) },
    large: { qnli: at(3e-5, 50), qqp: at(2e-5, 70), rte: at(1e-5, 80), sst2: at(4e-5, 70) },
  },
  'rose-second': {
    base: { qnli: at(1e-5, 40), qqp: at(1e-4, 60), rte: at(4e-5, 60), sst2: at(1e-4, 30) },
    large: { qnli: at(1e-5, 50), qqp: at(1e-5, 60), rte: at(2e-5, 50), sst2: at(1e-5, 50) },
  },
  'rose-ensemble': {
    base: { qnli: at(1e-5, 90), qqp: at(5e-5, 75), rte: at(4e-5, 80), sst2: at(5e-5, 40) },
    large: { qnli: at(1e-5, 30), qqp: at(1e-5, 80), rte: at(1e-5, 85), sst2: at(1e-5, 70) },
  },
};

/** What the authors used, or undefined where they published nothing: for other tasks, other models, other methods. */
export function findPublishedSettings(of: {
  readonly selection: string;
  readonly size: string | undefined;
  readonly task: string;
}): PublishedSettings | undefined {
  const sizes = entry(publishedSettings, of.selection);
  const tasks = sizes && of.size !== undefined ? entry(sizes, of.size) : undefined;
  return tasks && entry(tasks, of.task);
}

const entry = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
