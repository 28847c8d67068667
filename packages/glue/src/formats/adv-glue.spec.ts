import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { findTask } from '../tasks/tasks.js';
import { readAdvGlue } from './adv-glue.js';

const qnli = findTask('qnli');
const read = async (content: unknown) => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return readAdvGlue(await temporaryFile('dev_ann.json', text), qnli);
};
const item = { idx: 0, question: 'Who came?', sentence: 'Ann came.', label: 0 };

describe('reading AdvGLUE', () => {
  it('fills the column that was not perturbed into the original', async () => {
    const annotation = { original_question: 'Who arrived?', data_construction: 'word', method: 'TextFooler' };
    expect(await read({ qnli: [{ ...item, ...annotation }] })).toEqual([
      {
        id: 0,
        texts: ['Who came?', 'Ann came.'],
        label: 0,
        original: ['Who arrived?', 'Ann came.'],
        construction: 'word',
        method: 'TextFooler',
      },
    ]);
  });

  it('leaves out what dev.json and the items written by people do not tell', async () => {
    expect(await read({ qnli: [item] })).toEqual([{ id: 0, texts: ['Who came?', 'Ann came.'], label: 0 }]);
  });

  it('refuses items that are wrong, naming them', async () => {
    for (const wrong of [
      { ...item, label: 2 },
      { ...item, sentence: '' },
      { ...item, data_construction: 'letter' },
      7,
    ]) {
      await expect(read({ qnli: [item, wrong] })).rejects.toMatchObject({
        name: 'InputError',
        where: expect.stringMatching(/dev_ann\.json, qnli\[1\]/) as string,
      });
    }
  });

  it('refuses a file without the task, and what is no JSON', async () => {
    for (const content of [{ sst2: [item] }, { qnli: [] }, [item], '{"qnli": [']) {
      await expect(read(content)).rejects.toMatchObject({
        name: 'InputError',
        where: expect.stringMatching(/dev_ann\.json$/) as string,
      });
    }
  });
});
