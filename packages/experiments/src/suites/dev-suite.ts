import { classify, shareCorrect } from './classify.js';
import type { Suite } from './suite.js';

/** Accuracy on the clean dev set, the one that also chose the checkpoint. */
export const devSuite: Suite = {
  headline: 'accuracy',
  check: () => undefined,
  settings: () => ({}),
  async run(context) {
    const judged = await classify(context.texts.dev, context);
    return {
      metrics: { accuracy: shareCorrect(judged) },
      examples: judged.length,
      details: {},
      lines: judged.map(({ example, ...verdict }) => ({
        id: example.id,
        texts: example.texts,
        label: example.label,
        ...verdict,
      })),
    };
  },
};
