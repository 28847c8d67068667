import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { add, take, temporaryFolder, withConfig, withWeights, wrongFolder } from '@rose/testing';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LoadOptions, loadClassifier } from './load-classifier.js';
import { fixture } from './testing/fixtures.js';

beforeAll(() => tf.setBackend('cpu'));

type Spoil = (folder: string) => Promise<unknown>;

/** A copy of the tiny BERT, which has a head for 3 classes, changed in some ways. */
const changed = (...spoils: Spoil[]) =>
  wrongFolder({
    async spoil(folder) {
      for (const spoil of spoils) await spoil(folder);
    },
  });

async function load(model: string, options: Partial<LoadOptions> = {}) {
  const classifier = await loadClassifier({ model, classes: 3, seed: 1, ...options });
  onTestFinished(() => classifier.dispose());
  return classifier;
}

async function configSaved(model: string, options: Partial<LoadOptions> = {}): Promise<Record<string, unknown>> {
  const folder = await temporaryFolder();
  await (await load(model, options)).saveTo(folder);
  return JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
}

const rename = (from: RegExp, to: string) =>
  withWeights((parts) => {
    parts.header = Object.fromEntries(
      Object.entries(parts.header).map(([name, entry]) => [name.replace(from, to), entry]),
    );
  });

const without = (...names: string[]) => withWeights((parts) => names.forEach((name) => take(parts, name)));

const tiny = fixture('tiny-bert');
const emotions = { id2label: { 0: 'ANGER', 1: 'joy', 2: 'So_So' }, label2id: { ANGER: 0, joy: 1, So_So: 2 } };

describe('what loading found is said', () => {
  it.each<[string, Spoil[], Partial<LoadOptions>, string[]]>([
    ['nothing of a folder that fits', [], {}, []],
    ['a head for other classes', [], { classes: 2 }, ['classifier.* was drawn: the folder has a head for 3 classes']],
    [
      'no head and no pooler',
      [without('classifier.weight', 'classifier.bias', 'bert.pooler.dense.weight', 'bert.pooler.dense.bias')],
      {},
      ['bert.pooler.dense.*, classifier.* were drawn: the folder has none'],
    ],
    [
      'a head for tokens, of the same shape',
      [withConfig({ architectures: ['BertForTokenClassification'] })],
      {},
      ['classifier.* was drawn: the folder has the head of a BertForTokenClassification'],
    ],
    [
      'heads of other tasks',
      [
        withWeights((parts) => {
          for (const name of ['qa_outputs.weight', 'cls.seq_relationship.bias', 'cls.predictions.bias']) {
            add(parts, name, [2]);
          }
          add(parts, 'classifier.out_proj.weight', [2, 2]);
        }),
      ],
      {},
      ['left aside: qa_outputs.*, cls.*, classifier.out_proj.*'],
    ],
    ['a pooler without use', [], { pooling: 'mean' }, ['left aside: bert.pooler.*']],
    [
      'names without prefix, with gamma and beta: nothing, since nothing is lost',
      [
        rename(/^bert\./, ''),
        rename(/LayerNorm\.weight$/, 'LayerNorm.gamma'),
        rename(/LayerNorm\.bias$/, 'LayerNorm.beta'),
      ],
      {},
      [],
    ],
    [
      'token embeddings under the name of the head that shares them',
      [rename(/^bert\.embeddings\.word_embeddings\.weight$/, 'cls.predictions.decoder.weight')],
      {},
      [
        'bert.embeddings.word_embeddings.weight is read from cls.predictions.decoder.weight, which it is tied to',
        'left aside: cls.*',
      ],
    ],
    [
      'a tensor that its writer left out for another',
      [
        rename(/^bert\.embeddings\.word_embeddings\.weight$/, 'lm_head.some.table'),
        withWeights(({ header }) =>
          Object.assign(header, {
            __metadata__: { format: 'pt', 'embeddings.word_embeddings.weight': 'lm_head.some.table' },
          }),
        ),
      ],
      {},
      [
        'bert.embeddings.word_embeddings.weight is read from lm_head.some.table, which it is tied to',
        'left aside: lm_head.*',
      ],
    ],
    [
      'keys that nobody knows',
      [withConfig({ my_key: 1, 'another\n': 2 })],
      {},
      ['config.json has keys that no one here knows, and that were not read: "my_key", "another\\n"'],
    ],
    [
      'classes in another order',
      [withConfig(emotions)],
      { labels: ['joy', 'so so', 'anger'] },
      ["the head's classes are put into the order joy, so so, anger; the folder has ANGER, joy, So_So"],
    ],
    [
      'classes of another task',
      [withConfig(emotions)],
      { labels: ['a', 'b', 'c'] },
      ['the head is kept, although the folder calls its classes ANGER, joy, So_So, not a, b, c'],
    ],
    ['nothing of the same classes', [withConfig(emotions)], { labels: ['anger', 'JOY', 'so-so'] }, []],
    ['nothing of classes without names', [], { labels: ['a', 'b', 'c'] }, []],
  ])('%s', async (_, spoils, options, notes) => {
    expect((await load(await changed(...spoils), options)).notes).toEqual(notes);
  });

  it('nothing of the embedded model', async () => {
    expect((await load('use-lite', { labels: ['a', 'b', 'c'] })).notes).toEqual([]);
  });
});

describe('a head whose classes have names', () => {
  it('is put into the order of the labels, weight and bias', async () => {
    const own = await load(tiny);
    const turned = await load(await changed(withConfig(emotions)), { labels: ['joy', 'so so', 'anger'] });
    const [weight, bias] = [(await own.parameters.get('classifier.weight')?.array()) as number[][], [0.5, 1, 1.5]];
    own.parameters.get('classifier.bias')?.assign(tf.tensor1d(bias));
    expect(await turned.parameters.get('classifier.weight')?.array()).toEqual([weight[1], weight[2], weight[0]]);
    expect(turned.freshParameters).toEqual([]);
  });

  it('keeps them where nobody gives others, and loses them with the head', async () => {
    expect(await configSaved(await changed(withConfig(emotions)))).toMatchObject(emotions);
    const base = await changed(withConfig({ id2label: { 0: 'POSITIVE', 1: 'NEGATIVE' } }));
    expect(await configSaved(base, { classes: 2 })).toMatchObject({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } });
    const labels = ['negative', 'positive'];
    expect(await configSaved(base, { classes: 2, labels })).toMatchObject({
      id2label: { 0: 'negative', 1: 'positive' },
      label2id: { negative: 0, positive: 1 },
    });
    expect(await configSaved('use-lite', { classes: 2, labels })).toMatchObject({
      id2label: { 0: 'negative', 1: 'positive' },
    });
  });

  it.each([
    [['a', 'b'], 'There are 2 labels for 3 classes.'],
    [['a', 'b', 'a'], "Two classes are called 'a'."],
  ])('refuses %j', async (labels, message) => {
    for (const model of [tiny, 'use-lite']) {
      await expect(loadClassifier({ model, classes: 3, seed: 1, labels })).rejects.toMatchObject({
        ...{ name: 'InputError', message, option: 'labels' },
      });
    }
  });
});

describe('config.json as it is saved', () => {
  it('says nothing of the base that is no longer true, and keeps the rest', async () => {
    const base = await changed(
      withConfig({
        ...{ torch_dtype: 'float16', dtype: 'float16', problem_type: 'multi_label_classification', num_labels: 3 },
        ...{ _name_or_path: '/home/somebody', finetuning_task: 'mnli', my_key: { kept: [1] } },
        ...{ architectures: ['BertForMaskedLM'], transformers_version: '4.40.2' },
      }),
    );
    const saved = await configSaved(base, { classes: 2 });
    expect(saved).toMatchObject({
      ...{ torch_dtype: 'float32', dtype: 'float32', problem_type: 'single_label_classification' },
      ...{ my_key: { kept: [1] }, transformers_version: '4.40.2', initializer_range: 0.25 },
      architectures: ['BertForSequenceClassification'],
    });
    for (const key of ['_name_or_path', 'num_labels', 'finetuning_task']) expect(saved).not.toHaveProperty(key);
    expect(await configSaved(tiny)).not.toHaveProperty('dtype');
    expect(await configSaved(tiny, { classes: 1 })).toMatchObject({ problem_type: 'regression' });
  });

  it('writes whole floats as floats: transformers refuses a ModernBERT whose initializer_cutoff_factor is 2', async () => {
    const floats = { initializer_cutoff_factor: 2, initializer_range: 1, deeper: { rope_theta: 160000 }, my_key: 2 };
    const folder = await temporaryFolder();
    await (await load(await changed(withConfig(floats)))).saveTo(folder);
    const text = await readFile(join(folder, 'config.json'), 'utf8');
    for (const line of ['cutoff_factor": 2.0,', 'range": 1.0,', 'theta": 160000.0\n', 'my_key": 2,']) {
      expect(text).toContain(line);
    }
    expect(JSON.parse(text)).toMatchObject(floats);
  });

  it('is the same after another round', async () => {
    const folder = await temporaryFolder();
    const model = await load(tiny, { labels: ['x', 'y', 'z'] });
    await model.saveTo(folder);
    const [first, second] = [await readFile(join(folder, 'config.json'), 'utf8'), await configSaved(folder)];
    expect(second).toEqual(JSON.parse(first));
  });
});

describe('a model that reads no pairs', () => {
  it('is refused for pairs, at once where they are announced', async () => {
    const model = await changed(
      withConfig({ type_vocab_size: 1 }),
      withWeights((parts) => {
        take(parts, 'bert.embeddings.token_type_embeddings.weight');
        add(parts, 'bert.embeddings.token_type_embeddings.weight', [1, 32]);
      }),
    );
    const classifier = await load(model, { texts: 1 });
    expect(classifier.tokenizer.encode(['a good film'], 8).ids).toHaveLength(5);
    const refusal = {
      ...{ name: 'InputError', where: join(model, 'config.json') },
      message: 'The model reads no pairs: it has a type for 1 text only ("type_vocab_size").',
    };
    await expect(load(model, { texts: 2 })).rejects.toMatchObject(refusal);
    expect(() => classifier.tokenizer.encode(['a', 'b'], 8)).toThrow(expect.objectContaining(refusal));
  });
});
