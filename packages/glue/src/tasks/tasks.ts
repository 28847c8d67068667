import { lookUp } from '@rose/foundation';
import type { TaskDefinition } from './task-definition.js';

const common = { splits: { train: 'train', dev: 'validation' }, metric: 'accuracy' } as const;
const sentencePair = ['sentence1', 'sentence2'];

/** Label encodings as in the Hugging Face files of nyu-mll/glue. */
const definitions: readonly TaskDefinition[] = [
  {
    ...common,
    name: 'sst2',
    title: 'SST-2 (sentiment)',
    columns: ['sentence'],
    labels: ['negative', 'positive'],
    advGlueKey: 'sst2',
  },
  {
    ...common,
    name: 'rte',
    title: 'RTE (entailment)',
    columns: sentencePair,
    labels: ['entailment', 'not_entailment'],
    advGlueKey: 'rte',
  },
  {
    ...common,
    name: 'qnli',
    title: 'QNLI (does the sentence answer the question)',
    columns: ['question', 'sentence'],
    labels: ['entailment', 'not_entailment'],
    advGlueKey: 'qnli',
  },
  {
    ...common,
    name: 'qqp',
    title: 'QQP (duplicate questions)',
    columns: ['question1', 'question2'],
    labels: ['not_duplicate', 'duplicate'],
    advGlueKey: 'qqp',
  },
  {
    ...common,
    name: 'mrpc',
    title: 'MRPC (paraphrase)',
    columns: sentencePair,
    labels: ['not_equivalent', 'equivalent'],
  },
  {
    ...common,
    name: 'cola',
    title: 'CoLA (acceptability)',
    columns: ['sentence'],
    labels: ['unacceptable', 'acceptable'],
  },
];

/** The tasks by name. A new one with the same layout is one more entry in the list above. */
export const tasks: ReadonlyMap<string, TaskDefinition> = new Map(definitions.map((task) => [task.name, task]));

/** Throws InputError for an unknown name, with the nearest known one. */
export const findTask = (name: string): TaskDefinition => lookUp(tasks, name, { kind: 'task', where: 'tasks' });
