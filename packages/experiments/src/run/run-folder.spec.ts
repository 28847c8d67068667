import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@rose/testing';
import { RunFolder } from './run-folder.js';

describe('a run folder', () => {
  it('drops log lines that a resumed run will write again, and a line cut short', async () => {
    const folder = new RunFolder(await temporaryFolder());
    await folder.appendLog([{ step: 1 }, { step: 2 }, { step: 3 }]);
    await appendFile(path.join(folder.folder, 'train.jsonl'), '{"step": 2, "lo');
    await folder.rewindLog(2);
    expect(await readFile(path.join(folder.folder, 'train.jsonl'), 'utf8')).toBe('{"step":1}\n{"step":2}\n');
  });

  it('has no record before the run begins, and says which file is broken', async () => {
    const folder = new RunFolder(await temporaryFolder());
    expect(await folder.read()).toBeUndefined();
    await writeFile(path.join(folder.folder, 'run.json'), '{"schema":');
    await expect(folder.read()).rejects.toThrow(InputError);
    await expect(folder.read()).rejects.toMatchObject({ where: path.join(folder.folder, 'run.json') });
  });
});
