import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TaskDefinition } from '@rose/glue';
import type { RunRecord } from '../run/run-record.js';

/** What the head of a run calls its classes. */
export interface LabelsOfRun {
  /** The names in its config.json, in the order of its classes, which is the task's. */
  readonly names: readonly string[];
  readonly note: string;
}

/**
 * A run is trained in the order of its task's labels. Its config.json says so since it names them; runs of older versions have
 * the names of their base model there, and a base may have called class 0 POSITIVE.
 * @returns undefined for what is no run of this task, and for one whose names are right or say nothing
 */
export async function labelsOfRun(victim: string, task: TaskDefinition): Promise<LabelsOfRun | undefined> {
  const given = path.resolve(victim.replace(/^encoder:/, ''));
  const run = path.basename(given) === 'checkpoint' ? path.dirname(given) : given;
  const record = (await readJson(path.join(run, 'run.json'))) as Partial<RunRecord> | undefined;
  if (record?.run?.task !== task.name) return undefined;
  const config = (await readJson(path.join(run, 'checkpoint', 'config.json'))) as { id2label?: unknown } | undefined;
  const id2label = config?.id2label;
  if (typeof id2label !== 'object' || id2label === null) return undefined;
  const names = Object.values(id2label).map(String);
  if (names.length !== task.labels.length || new Set(names).size < names.length) return undefined;
  const isRight = names.every((name, i) => plain(name) === plain(task.labels[i] ?? '') || name === `LABEL_${i}`);
  if (isRight) return undefined;
  return {
    names,
    note: `the run was trained in the order ${task.labels.join(', ')}, and is read so; the names in its config.json, ${names.join(', ')}, are those of its base model`,
  };
}

const plain = (label: string) => label.toLowerCase().replace(/[\s_-]+/g, ' ');

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    // No run, or a broken one: the victim is opened as any other, and refused there.
    return undefined;
  }
}
