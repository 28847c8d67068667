import { classify, shareCorrect } from './classify.js';
import { defineSuite } from './suite.js';

/** Accuracy on the clean dev set, the one that also chose the checkpoint. */
export const devSuite = defineSuite({
  name: 'dev',
  title: 'Accuracy on the clean dev set, which has also chosen the checkpoint',
  headline: 'accuracy',
  check: () => undefined,
  settings: () => ({ hashed: {} }),
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
});
