import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { collect } from '../testing/files.js';
import { readTsv } from './tsv.js';

const read = async (content: string) => collect(readTsv(await temporaryFile('some.tsv', content)));

describe('reading TSV', () => {
  it('names the cells by the header and takes quotes as characters of the text', async () => {
    const rows = await read('sentence\tlabel\n"Fine", he said.\t1\nA 9" nail, lost\t0\n');
    expect(rows.map(({ cells }) => cells)).toEqual([
      { sentence: '"Fine", he said.', label: '1' },
      { sentence: 'A 9" nail, lost', label: '0' },
    ]);
    expect(rows[1]).toMatchObject({ index: 1, where: expect.stringMatching(/some\.tsv, line 3$/) as string });
  });

  it('reads Windows line ends, a byte order mark, and a last line without an end', async () => {
    const rows = await read('\uFEFFsentence\tlabel\r\nGood.\t1\r\nBad.\t0');
    expect(rows.map(({ cells }) => cells)).toEqual([
      { sentence: 'Good.', label: '1' },
      { sentence: 'Bad.', label: '0' },
    ]);
  });

  it('refuses a line with too few or too many cells, naming it', async () => {
    for (const line of ['no label', 'one\t1\ttoo many', '']) {
      await expect(read(`sentence\tlabel\nGood.\t1\n${line}\nBad.\t0\n`)).rejects.toMatchObject({
        name: 'InputError',
        where: expect.stringMatching(/some\.tsv, line 3$/) as string,
      });
    }
  });

  it('refuses a file that is not there', async () => {
    const missing = collect(readTsv('/nowhere/train.tsv'));
    await expect(missing).rejects.toMatchObject({ name: 'InputError', where: '/nowhere/train.tsv' });
  });
});
