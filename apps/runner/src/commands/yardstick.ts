import { majorityShare, measureBagOfWords } from '@rose/glue';
import { loadExperiment } from '@rose/experiments';
import { ExitCode } from '../exit-code.js';
import { findSource, taskLabel, taskOf } from '@rose/experiments';
import type { Command } from './command.js';
import { experimentOptions } from './experiment-options.js';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export const yardstickCommand: Command = (parser, end) =>
  void parser.command(
    'yardstick',
    'Measure how far words alone go on the tasks of an experiment: a bag-of-words logistic regression',
    (args) => args.options(experimentOptions),
    async ({ experiment: name, set }) => {
      const { experiment } = await loadExperiment(name, set);
      const source = findSource(experiment.data);
      for (const task of experiment.tasks) {
        const [train, dev] = [await source.load(taskOf(task), 'train'), await source.load(taskOf(task), 'dev')];
        const lines = ([1, 2] as const).map((order) => {
          const { accuracy, l2, crossValidated } = measureBagOfWords(train, dev, { order });
          return `  ${order === 1 ? 'words' : 'words and pairs of neighbours'}: ${percent(accuracy)} on dev (${percent(crossValidated)} in cross-validation on train, l2 ${l2})`;
        });
        process.stdout.write(
          [
            `${taskLabel(task, experiment.data)}: bag-of-words logistic regression, ${train.length} train and ${dev.length} dev rows`,
            ...lines,
            `  always the commonest label: ${percent(majorityShare(dev.map(({ label }) => label)))}`,
            '',
          ].join('\n'),
        );
      }
      end(ExitCode.Done);
    },
  );
