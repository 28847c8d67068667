import { expect, it } from 'vitest';
import { measureOutcome } from './measure-outcome.js';
import type { LanguageModel } from './measure-outcome.js';
import { attackMetrics } from './metrics.js';
import type { SentenceEncoder } from '../resources/sentence-encoder.js';
import { failure, success } from '../testing/outcomes.js';

const asked: string[][] = [];
/** Angle: π/6 for each "awful". */
const sentenceEncoder: SentenceEncoder = {
  name: 'toy',
  embed: (texts) =>
    Promise.resolve(
      texts.map((text) => {
        const angle = (Math.PI / 6) * (text.match(/awful/g)?.length ?? 0);
        return Float32Array.of(Math.cos(angle), Math.sin(angle));
      }),
    ),
};
const languageModel: LanguageModel = {
  name: 'toy',
  perplexities: (texts) => {
    asked.push([...texts]);
    return Promise.resolve(texts.map((text) => (text.length < 3 ? NaN : 10 * text.length)));
  },
};

it('measures successes only, both texts whole and in lower case for the language model', async () => {
  const gauges = { sentenceEncoder, languageModel };
  const outcome = success(['A Good film', 'so good'], ['A awful film', 'so awful']);
  const measured = await measureOutcome(outcome, gauges);
  expect(measured).toEqual({
    ...outcome,
    quality: { similarity: 0.66667, originalPerplexity: 190, adversarialPerplexity: 210 },
  });
  expect(asked).toEqual([['a good film\nso good', 'a awful film\nso awful']]);
  expect(await measureOutcome(failure('good'), gauges)).toEqual(failure('good'));
  expect(await measureOutcome(outcome, {})).toBe(outcome);
});

it('leaves out what cannot be measured, and metrics average the rest', async () => {
  const tiny = await measureOutcome(success(['good'], ['!']), { languageModel });
  expect(tiny.quality).toEqual({ originalPerplexity: 40 });
  const other = await measureOutcome(success(['awful'], ['bad']), { languageModel, sentenceEncoder });
  const metrics = attackMetrics([tiny, other, failure('x')]);
  expect(metrics.originalPerplexity).toBe(45);
  expect(metrics.adversarialPerplexity).toBe(30);
  expect(metrics.similarity).toBeCloseTo(1 - 1 / 6, 4);
  expect(attackMetrics([success(['a'], ['b'])]).similarity).toBeNull();
});
