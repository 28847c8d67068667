import { dataPath, tabulateAdversarial } from '@rose/glue';
import { classify, shareCorrect } from './classify.js';
import type { Suite } from './suite.js';

/** Accuracy on fixed adversarial texts: AdvGLUE's, or mini-GLUE's own in its shape. Never used to choose anything. */
export const advGlueSuite: Suite = {
  headline: 'accuracy',
  check({ data }) {
    if (data.source === 'folder') dataPath('advGlue', data.advGlue);
  },
  settings: () => ({}),
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
};
