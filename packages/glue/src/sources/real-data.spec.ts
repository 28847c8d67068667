import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { dataPath } from './data-folder.js';
import type { Split } from '../examples/example.js';
import { majorityShare } from '../metrics/accuracy.js';
import { tabulateAdversarial } from '../metrics/tabulate-adversarial.js';
import { findTask, tasks } from '../tasks/tasks.js';
import { hasRealData, ifRealData } from '../testing/real-data.js';
import { folderSource } from './folder-source.js';

const source = folderSource();

describe.skipIf(!hasRealData)(`GLUE in the Hugging Face layout${ifRealData}`, () => {
  it.each<[string, Split, number]>([
    ['sst2', 'train', 67_349],
    ['sst2', 'dev', 872],
    ['rte', 'train', 2490],
    ['rte', 'dev', 277],
    ['qnli', 'dev', 5463],
    ['qqp', 'dev', 40_430],
    ['mrpc', 'train', 3668],
    ['mrpc', 'dev', 408],
    ['cola', 'train', 8551],
    ['cola', 'dev', 1043],
  ])('%s %s has %i examples', async (name, split, count) => {
    const examples = await source.load(findTask(name), split);
    expect(examples).toHaveLength(count);
    expect(new Set(examples.map(({ id }) => id)).size).toBe(count);
  });

  it('keeps the order of the files: the first and last rows of SST-2', async () => {
    const [train, dev] = [await source.load(findTask('sst2'), 'train'), await source.load(findTask('sst2'), 'dev')];
    expect(train[0]).toEqual({ id: 0, texts: ['hide new secretions from the parental units '], label: 0 });
    expect(train.at(-1)).toEqual({
      id: 67_348,
      texts: ['this new jangle of noise , mayhem and stupidity must be a serious contender for the title . '],
      label: 0,
    });
    expect(dev[0]).toEqual({ id: 0, texts: ["it 's a charming and often affecting journey . "], label: 1 });
    expect(dev.at(-1)).toMatchObject({ id: 871, label: 1 });
  });

  it('keeps the order of the columns: the first and last rows of RTE', async () => {
    const train = await source.load(findTask('rte'), 'train');
    expect(train[0]).toEqual({
      id: 0,
      texts: ['No Weapons of Mass Destruction Found in Iraq Yet.', 'Weapons of Mass Destruction Found in Iraq.'],
      label: 1,
    });
    expect(train.at(-1)).toMatchObject({ id: 2489, texts: { 1: 'U.S. to use Turkish military bases.' }, label: 1 });
    const dev = await source.load(findTask('rte'), 'dev');
    expect(majorityShare(dev.map(({ label }) => label))).toBeCloseTo(0.527, 3);
  });

  it.each([...tasks.values()])('the files of $name carry our names of the labels, in our order', async (task) => {
    const path = `${dataPath('hub')}/datasets/nyu-mll/glue/${task.name}/validation-00000-of-00001.parquet`;
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const written = metadata.key_value_metadata?.find(({ key }) => key === 'huggingface')?.value ?? '';
    expect(written).toContain(`"label": {"names": ${JSON.stringify(task.labels).replaceAll(',', ', ')}`);
  });
});

describe.skipIf(!hasRealData)(`AdvGLUE's public dev set${ifRealData}`, () => {
  it.each([
    ['sst2', 148, 76],
    ['rte', 81, 46],
    ['qnli', 148, 74],
    ['qqp', 78, 32],
  ])('%s has %i items, %i of them labelled 1', async (name, count, ones) => {
    const items = await source.adversarial(findTask(name));
    expect(items).toHaveLength(count);
    expect(items.filter(({ label }) => label === 1)).toHaveLength(ones);
  });

  it('falls into the constructions and methods of sst2', async () => {
    const items = await source.adversarial(findTask('sst2'));
    const table = tabulateAdversarial(
      items,
      items.map(() => 1),
    );
    expect(table.all).toEqual({ correct: 76, total: 148 });
    expect(table.byConstruction.map(({ construction, total }) => [construction, total])).toEqual([
      ['word', 80],
      ['sentence', 51],
      ['human', 17],
    ]);
    expect(table.byMethod.map(({ method, total }) => [method, total])).toEqual([
      ['SememePSO', 28],
      ['TextBugger', 19],
      ['TextFooler', 16],
      ['SemAttack', 9],
      ['BERT-ATTACK', 8],
      ['StressTest', 19],
      ['T3', 17],
      ['CheckList', 11],
      ['SCPN', 4],
      ['CheckList', 17],
    ]);
  });

  it('gives originals for all but the items written by people', async () => {
    for (const name of ['sst2', 'rte', 'qnli', 'qqp']) {
      for (const { construction, original, texts } of await source.adversarial(findTask(name))) {
        expect(original === undefined).toBe(construction === 'human');
        if (original) expect(original).toHaveLength(texts.length);
      }
    }
  });
});
