import { argmax } from '@rose/fine-tuning';
import type { Example } from '@rose/glue';
import type { SuiteContext } from './suite.js';

export interface Judged<E extends Example> {
  readonly example: E;
  readonly prediction: number;
  readonly probabilities: readonly number[];
  readonly correct: boolean;
}

/** The victim's verdict on each example, asked in blocks so that progress shows. */
export async function classify<E extends Example>(
  examples: readonly E[],
  { victim, onProgress }: Pick<SuiteContext, 'victim' | 'onProgress'>,
): Promise<Judged<E>[]> {
  const judged: Judged<E>[] = [];
  for (let start = 0; start < examples.length; start += 512) {
    const block = examples.slice(start, start + 512);
    const answers = await victim.probabilities(block.map(({ texts }) => texts));
    block.forEach((example, i) => {
      const probabilities = Array.from(answers[i] ?? []);
      const prediction = argmax(probabilities);
      judged.push({ example, prediction, probabilities, correct: prediction === example.label });
    });
    onProgress(judged.length, examples.length);
  }
  return judged;
}

export const shareCorrect = (judged: readonly { correct: boolean }[]): number =>
  judged.filter(({ correct }) => correct).length / judged.length;
