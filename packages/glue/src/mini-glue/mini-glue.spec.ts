import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdversarialExample, Example, Split } from '../examples/example.js';
import { readTsv } from '../formats/tsv.js';
import { groupBy } from '../examples/group-by.js';
import { majorityShare } from '../metrics/accuracy.js';
import { tabulateAdversarial } from '../metrics/tabulate-adversarial.js';
import { embeddedSource } from '../sources/embedded-source.js';
import { findTask } from '../tasks/tasks.js';
import { collect } from '../testing/files.js';
import { measureBagOfWords } from '../yardstick/bag-of-words.js';

const folder = fileURLToPath(new URL('../../data/mini-glue/', import.meta.url));
const card = readFileSync(`${folder}README.md`, 'utf8');
const sst2 = findTask('sst2');
const phenomena = ['plain', 'negation', 'contrast', 'understatement', 'irony'];

const textOf = ({ texts }: Example) => texts[0] ?? '';
const labelsOf = (examples: readonly Example[]) => examples.map(({ label }) => label);
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[a-z0-9']+/g));

/** Jaccard similarity of the sets of words. */
function overlap(a: Set<string>, b: Set<string>): number {
  const common = [...a].filter((word) => b.has(word)).length;
  return common / (a.size + b.size - common);
}

describe("mini-GLUE's sst2", () => {
  const data: Record<Split, readonly Example[]> = { train: [], dev: [] };
  let adversarial: readonly AdversarialExample[] = [];
  beforeAll(async () => {
    const source = embeddedSource();
    data.train = await source.load(sst2, 'train');
    data.dev = await source.load(sst2, 'dev');
    adversarial = await source.adversarial(sst2);
  });

  it('has the sizes that its card tells', () => {
    expect(data.train.length).toBeGreaterThanOrEqual(600);
    expect(data.dev.length).toBeGreaterThanOrEqual(150);
    expect(adversarial.length).toBeGreaterThanOrEqual(100);
    const sizes = [data.train, data.dev, adversarial].map(({ length }) => length.toString());
    expect(card).toContain(`${sizes.join(' / ')} examples (train / dev / adversarial)`);
  });

  it('has as many positive as negative examples', () => {
    for (const examples of [data.train, data.dev, adversarial]) expect(majorityShare(labelsOf(examples))).toBe(0.5);
  });

  it.each(['train', 'dev'])('%s shows every phenomenon with both labels', async (split) => {
    const rows = await collect(readTsv(`${folder}sst2/${split}.tsv`));
    const labels = groupBy(rows, ({ cells }) => cells['phenomenon']);
    expect([...labels.keys()].sort()).toEqual([...phenomena].sort());
    for (const group of labels.values()) expect(new Set(group.map(({ cells }) => cells['label'])).size).toBe(2);
  });

  it('is plain ASCII, and no sentence occurs twice', () => {
    const sentences = [...data.train, ...data.dev, ...adversarial].map(textOf);
    for (const sentence of sentences) expect(sentence).toMatch(/^[!-~]( ?[!-~])+$/);
    expect(new Set(sentences.map((sentence) => sentence.toLowerCase())).size).toBe(sentences.length);
  });

  it('has no dev sentence that rewords a train sentence', () => {
    const train = data.train.map((example) => wordsOf(textOf(example)));
    for (const example of data.dev) {
      const words = wordsOf(textOf(example));
      expect(Math.max(...train.map((other) => overlap(words, other))), textOf(example)).toBeLessThanOrEqual(0.6);
    }
  });

  it('has adversarial examples of every construction, each from a dev example with its label', () => {
    const labels = new Map(data.dev.map((example) => [textOf(example), example.label]));
    for (const { original, label, texts } of adversarial) {
      expect(labels.get(original?.[0] ?? ''), original?.[0]).toBe(label);
      expect(texts).not.toEqual(original);
    }
    const { byConstruction } = tabulateAdversarial(adversarial, labelsOf(adversarial));
    expect(byConstruction.map(({ construction }) => construction)).toEqual(['word', 'sentence', 'human']);
  });

  // Ten seconds of arithmetic, more where other work runs beside it.
  it('is beyond single words and pairs of words, whose scores its card tells', { timeout: 240_000 }, () => {
    const percent = (order: 1 | 2) => 100 * measureBagOfWords(data.train, data.dev, { order }).accuracy;
    const [words, pairs] = [percent(1), percent(2)];
    expect(words).toBeLessThan(75);
    expect(pairs).toBeLessThan(75);
    expect(card).toContain(`bag-of-words logistic regression: ${words.toFixed(1)} %`);
    expect(card).toContain(`with pairs of neighbouring words: ${pairs.toFixed(1)} %`);
  });
});
