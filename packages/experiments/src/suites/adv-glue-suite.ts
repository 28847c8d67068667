import { tabulateAdversarial } from '@rose/glue';
import { classify, shareCorrect } from './classify.js';
import { defineSuite } from './suite.js';

/** Accuracy on fixed adversarial texts: AdvGLUE's, or mini-GLUE's own in its shape. Never used to choose anything. */
export const advGlueSuite = defineSuite({
  name: 'advglue',
  title: "Accuracy on fixed adversarial texts: AdvGLUE's, or mini-GLUE's own in its shape",
  paper: 'Wang et al.: Adversarial GLUE. NeurIPS Datasets and Benchmarks 2021, arXiv:2111.02840',
  headline: 'accuracy',
  // A few hundred rows at most: what cannot be read is found out before anything is trained.
  async check(_, { tasks, source }) {
    for (const task of tasks) await source.adversarial(task);
  },
  settings: () => ({ hashed: {} }),
  async run(context) {
    const judged = await classify(await context.texts.adversarial(), context);
    const table = tabulateAdversarial(
      judged.map(({ example }) => example),
      judged.map(({ prediction }) => prediction),
    );
    return {
      metrics: { accuracy: shareCorrect(judged) },
      examples: judged.length,
      // Cells of 1 to 38 examples: counts, never bare percentages.
      details: { counts: table },
      lines: judged.map(({ example, ...verdict }) => ({ ...example, ...verdict })),
    };
  },
});
