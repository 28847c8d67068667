import type { AttackedText } from '../text/attacked-text.js';
import { BatchScheduler } from '../querying/batch-scheduler.js';
import type { MarkedText, MaskedText } from '../resources/masked-language-model.js';

/** Texts that a language model is given at once. */
const BATCH_SIZE = 32;

/** The text around `count` words from `index` on, which are taken out; columns meet at a line break. */
export function around(text: AttackedText, index: number, count = 1): MaskedText {
  const first = text.word(index);
  const last = text.word(index + count - 1);
  return {
    before: [...text.columns.slice(0, first.column), text.columns[first.column]?.slice(0, first.start)].join('\n'),
    after: [text.columns[last.column]?.slice(last.end), ...text.columns.slice(last.column + 1)].join('\n'),
  };
}

/** The questions of all examples under attack meet here, so that the model's batches are full. */
export function scheduled<Input extends MaskedText | MarkedText, Result>(
  run: (texts: readonly Input[]) => Promise<readonly Result[]>,
): (text: Input) => Promise<Result> {
  const scheduler = new BatchScheduler<Input, Result>({
    run,
    key: (text) => JSON.stringify([text.before, 'word' in text ? text.word : null, text.after]),
    length: ({ before, after }) => before.length + after.length,
    batchSize: BATCH_SIZE,
  });
  return async (text) => (await scheduler.request([text]))[0] as Result;
}
