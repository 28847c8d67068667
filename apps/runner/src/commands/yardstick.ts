import { standardCatalogue } from '@rose/experiments';
import { findSource, findTask, refuseOtherOverrides, taskLabel } from '@rose/experiments/internal';
import { majorityShare, measureBagOfWords } from '@rose/glue';
import { ExitCode } from './exit-code.js';
import { defineCommand } from './command.js';
import { askedExperiment, experimentOptions } from './experiment-options.js';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export const yardstickCommand = defineCommand({
  name: 'yardstick',
  description: 'Measure how far words alone go on the tasks of an experiment: a bag-of-words logistic regression',
  options: experimentOptions,
  repeatable: ['set'],
  async run(asked) {
    const catalogue = standardCatalogue();
    const { experiment } = await askedExperiment(asked, catalogue);
    refuseOtherOverrides(asked.set, {
      looksAt: ['tasks', 'data.source', 'data.hub'],
      why: 'it measures whole tasks, and trains nothing of ours',
    });
    const source = findSource(experiment.data);
    for (const name of experiment.tasks) {
      const task = findTask(catalogue, name);
      const [train, dev] = [await source.load(task, 'train'), await source.load(task, 'dev')];
      const lines = ([1, 2] as const).map((order) => {
        const { accuracy, l2, crossValidated } = measureBagOfWords(train, dev, { order });
        return `  ${order === 1 ? 'words' : 'words and pairs of neighbours'}: ${percent(accuracy)} on dev (${percent(crossValidated)} in cross-validation on train, l2 ${l2})`;
      });
      process.stdout.write(
        [
          `${taskLabel(name, experiment.data)}: bag-of-words logistic regression, ${train.length} train and ${dev.length} dev rows`,
          ...lines,
          `  always the commonest label: ${percent(majorityShare(dev.map(({ label }) => label)))}`,
          '',
        ].join('\n'),
      );
    }
    return ExitCode.Done;
  },
});
