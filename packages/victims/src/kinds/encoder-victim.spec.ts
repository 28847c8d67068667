import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AttackedText } from '@rose/attacks/parts';
import { type TextClassifier, collate, disposeBatch, loadClassifier, toTensors } from '@rose/encoders';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder, tinyBert, withConfig } from '@rose/testing';
import { gradientNorms } from '../gradients/gradient-norms.js';
import { openVictim } from '../open-victim.js';
import { wordTokens } from '../gradients/word-tokens.js';

const labels = ['entailment', 'neutral', 'contradiction'];

beforeAll(() => tf.setBackend('cpu'));

async function load(): Promise<TextClassifier> {
  const model = await loadClassifier({ model: tinyBert, classes: 3, seed: 1, maxLength: 16 });
  onTestFinished(() => model.dispose());
  return model;
}

describe('tokens of words', () => {
  it('are found in both columns, around punctuation, in pieces and cut off', async () => {
    const model = await load();
    const texts = ['"Unlike the film" , it\'s a good', 'really bad dog and cat and fox'];
    const { ids } = model.tokenizer.encode(texts, 16);
    const spans = wordTokens(texts, model);
    const words = AttackedText.of(texts).words.map(({ text }) => text);
    const tokensOf = (word: string) => [...model.tokenizer.encode([word], 16).ids].slice(1, -1);
    const found = words.map((word, i) => {
      const { start, end } = spans[i] ?? { start: 0, end: 0 };
      return [word, [...ids.slice(start, end)]];
    });
    // 16 tokens hold 13 of the texts' 19: the longer one has lost its end.
    const kept = found.filter(([, tokens]) => tokens?.length);
    expect(kept).toEqual(kept.map(([word]) => [word, tokensOf(String(word))]));
    expect(kept.map(([word]) => word)).toEqual(['Unlike', 'the', 'film', ...words.slice(-7, -1)]);
    expect(kept[0]?.[1]).toHaveLength(2);
    expect(wordTokens(['', '😀'], model)).toEqual([]);
  });
});

describe('gradients', () => {
  it('are those of the loss, as small steps on the embeddings show', async () => {
    const model = await load();
    const texts = ['a good film'];
    const label = 2;
    const [norms = []] = await gradientNorms(model)([texts], [label]);
    const batch = toTensors(collate([model.tokenizer.encode(texts, 16)], { padId: model.tokenizer.padId, length: 8 }));
    const width = 32;
    const loss = (token: number, unit: number, step: number) =>
      tf.tidy(() => {
        const shift = tf.buffer([1, 8, width]);
        shift.set(step, 0, token, unit);
        const logits = model.logits(batch, { perturb: (embeddings) => tf.add(embeddings, shift.toTensor()) });
        return -(tf.logSoftmax(logits).dataSync()[label] ?? NaN);
      });
    const step = 1e-3;
    for (const [word, norm] of norms.entries()) {
      let expected = 0;
      for (let unit = 0; unit < width; unit++) {
        expected += Math.abs(loss(word + 1, unit, step) - loss(word + 1, unit, -step)) / (2 * step);
      }
      expect(norm).toBeGreaterThan(0);
      expect(Math.abs(norm - expected) / expected).toBeLessThan(0.02);
    }
    disposeBatch(batch);
  });

  it('are 0 for what is cut off, do not depend on company, and leave no tensor behind', async () => {
    const model = await load();
    const long = Array.from({ length: 5000 }, () => 'good').join(' ');
    const ask = gradientNorms(model);
    await ask([['a']], [0]);
    const before = tf.memory().numTensors;
    const [first = [], second, none] = await ask([[long], ['a bad film'], ['']], [0, 1, 1]);
    expect(first).toHaveLength(5000);
    expect(first.findIndex((norm) => norm === 0)).toBe(14);
    expect(first.slice(14).every((norm) => norm === 0)).toBe(true);
    expect([second]).toEqual(await ask([['a bad film']], [1]));
    expect(none).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('one of our encoders', () => {
  const open = (source: string, victimLabels?: string[]) =>
    openVictim({ source, labels, victimLabels, threads: 1, settings: {} });

  it('is found in a run folder, goes by its name, and answers in the order that is asked for', async () => {
    const run = path.join(await temporaryFolder(), 'my-run');
    await mkdir(run);
    await cp(tinyBert, path.join(run, 'checkpoint'), { recursive: true });
    const usual = await open(run);
    const turned = await open(run, ['LABEL_2', 'LABEL_0', 'LABEL_1']);
    expect(usual.description).toMatchObject({ kind: 'encoder', name: 'my-run' });
    const inputs = [
      ['a good film', 'bad'],
      ['', ''],
    ];
    const [rows, other] = [await usual.victim.probabilities(inputs), await turned.victim.probabilities(inputs)];
    expect(other).toEqual(rows.map(([a, b, c]) => [c, a, b]));
    const norms = await usual.victim.gradientNorms?.([['good']], [2]);
    expect(await turned.victim.gradientNorms?.([['good']], [0])).toEqual(norms);
    await usual.dispose();
    await turned.dispose();
  });

  it.each([
    ['multi_label_classification', 'several labels at once'],
    ['regression', 'a number and no class'],
  ])('is refused where it was trained for %s', async (problem, message) => {
    const folder = await temporaryFolder();
    await cp(tinyBert, folder, { recursive: true });
    await withConfig({ problem_type: problem })(folder);
    await expect(open(folder)).rejects.toMatchObject({
      ...{ name: 'InputError', where: path.join(folder, 'config.json') },
      message: expect.stringContaining(message) as string,
    });
  });

  it('has as many classes as num_labels says where they have no names, and says what loading found', async () => {
    const folder = await temporaryFolder();
    await cp(tinyBert, folder, { recursive: true });
    await withConfig({ id2label: undefined, label2id: undefined, num_labels: 3, my_key: 1 })(folder);
    const { notes, dispose } = await open(folder);
    expect(notes).toEqual([expect.stringContaining('"my_key"')]);
    await dispose();
  });

  it('is refused without a trained head, with other labels, and where there is none', async () => {
    const folder = await temporaryFolder();
    await cp(tinyBert, folder, { recursive: true });
    const file = path.join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...config, id2label: { 0: 'a', 1: 'b' } }));
    const headless = openVictim({ source: folder, labels: ['a', 'b'], threads: 1, settings: {} });
    await expect(headless).rejects.toThrow('no trained head');
    await expect(open(folder)).rejects.toThrow('2 classes, the task 3');
    await expect(open('/no/such/folder')).rejects.toThrow("no victim '/no/such/folder'");
    await expect(open(await temporaryFolder())).rejects.toThrow('no config.json');
  });
});
