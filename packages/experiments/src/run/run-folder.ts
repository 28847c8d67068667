import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { InputError, toJson, writeAtomically } from '@rose/foundation';
import type { RunRecord } from './run-record.js';

/** The files of one run. */
export class RunFolder {
  readonly checkpoint: string;
  readonly state: string;
  private readonly record: string;
  private readonly log: string;

  constructor(readonly folder: string) {
    this.checkpoint = path.join(folder, 'checkpoint');
    this.state = path.join(folder, 'state.safetensors');
    this.record = path.join(folder, 'run.json');
    this.log = path.join(folder, 'train.jsonl');
  }

  static of(out: string, id: string): RunFolder {
    return new RunFolder(path.join(out, 'runs', id));
  }

  /** False for a record that was carried here without them, as records in git are. */
  hasWeights(): boolean {
    return existsSync(path.join(this.checkpoint, 'model.safetensors'));
  }

  /** The run's record, or undefined when it has not begun. */
  async read(): Promise<RunRecord | undefined> {
    const text = await readFile(this.record, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as RunRecord;
    } catch (cause) {
      throw new InputError('The record of a run is not valid JSON.', {
        where: this.record,
        hint: 'Delete the folder of this run, and it will be done again.',
        cause,
      });
    }
  }

  async write(record: RunRecord): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeAtomically(this.record, toJson(record));
  }

  async writeSuite(suite: string, lines: readonly object[]): Promise<void> {
    const folder = path.join(this.folder, 'suites');
    await mkdir(folder, { recursive: true });
    await writeAtomically(
      path.join(folder, `${suite}.jsonl`),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
  }

  async appendLog(entries: readonly object[]): Promise<void> {
    if (entries.length > 0) await appendFile(this.log, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }

  /** Drops the log's entries beyond a step: they were made by steps that a resumed run takes again. */
  async rewindLog(step: number): Promise<void> {
    const text = await readFile(this.log, 'utf8').catch(() => '');
    const kept = text.split('\n').filter((line) => line !== '' && stepOf(line) <= step);
    await writeAtomically(this.log, kept.map((line) => `${line}\n`).join(''));
  }

  /** Everything but the folder itself. */
  async clear(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
  }
}

/** The step of a log line; a line cut short by a crash counts as beyond every step. */
function stepOf(line: string): number {
  try {
    return (JSON.parse(line) as { step: number }).step;
  } catch {
    return Infinity;
  }
}
