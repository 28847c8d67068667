import { byName, lookUp } from '@rose/foundation';
import { type TaskDefinition, defineTask } from './define-task.js';

const sentencePair = ['sentence1', 'sentence2'];

/** Columns and labels as in the files of nyu-mll/glue on the Hugging Face hub. */
const glue: readonly TaskDefinition[] = [
  defineTask({
    name: 'sst2',
    title: 'SST-2 (sentiment)',
    paper: 'Socher et al., EMNLP 2013',
    columns: ['sentence'],
    labels: ['negative', 'positive'],
    advGlueKey: 'sst2',
  }),
  defineTask({
    name: 'rte',
    title: 'RTE (entailment)',
    paper: 'Dagan et al. 2006; Bar-Haim et al. 2006; Giampiccolo et al. 2007; Bentivogli et al. 2009',
    columns: sentencePair,
    labels: ['entailment', 'not_entailment'],
    advGlueKey: 'rte',
  }),
  defineTask({
    name: 'qnli',
    title: 'QNLI (does the sentence answer the question)',
    paper: 'Rajpurkar et al., EMNLP 2016; as pairs: Wang et al., ICLR 2019',
    columns: ['question', 'sentence'],
    labels: ['entailment', 'not_entailment'],
    advGlueKey: 'qnli',
  }),
  defineTask({
    name: 'qqp',
    title: 'QQP (duplicate questions)',
    paper: 'Iyer, Dandekar and Csernai, Quora 2017',
    columns: ['question1', 'question2'],
    labels: ['not_duplicate', 'duplicate'],
    advGlueKey: 'qqp',
  }),
  defineTask({
    name: 'mrpc',
    title: 'MRPC (paraphrase)',
    paper: 'Dolan and Brockett, IWP 2005',
    columns: sentencePair,
    labels: ['not_equivalent', 'equivalent'],
  }),
  defineTask({
    name: 'cola',
    title: 'CoLA (acceptability)',
    paper: 'Warstadt, Singh and Bowman, TACL 2019',
    columns: ['sentence'],
    labels: ['unacceptable', 'acceptable'],
  }),
];

/** GLUE's tasks by name. A new one is one more entry in the list above. */
export const tasks: ReadonlyMap<string, TaskDefinition> = byName(glue);

/**
 * @param among the tasks to choose from, ours by default
 * @throws InputError for an unknown name, with the nearest known one
 */
export const findTask = (name: string, among: ReadonlyMap<string, TaskDefinition> = tasks): TaskDefinition =>
  lookUp(among, name, { kind: 'task', where: 'task' });
