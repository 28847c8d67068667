import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '@rose/foundation';
import { collectExamples } from '../examples/example-from-row.js';
import type { Split } from '../examples/example.js';
import { readAdvGlue } from '../formats/adv-glue.js';
import { readParquet } from '../formats/parquet.js';
import type { TaskDefinition } from '../tasks/define-task.js';
import { fingerprintFiles } from './fingerprint.js';
import type { TaskSource } from './task-source.js';

export interface FolderSourceOptions {
  /** Holds `datasets/nyu-mll/glue/<task>/<split>-00000-of-00001.parquet`, as the Hugging Face hub does. */
  readonly hub: string;
  /** Holds AdvGLUE's `dev_ann.json` (preferred: it knows how each item was made) or `dev.json`. */
  readonly advGlue?: string;
}

const missingGlue = (what: string, where: string) =>
  new InputError(what, {
    where,
    hint: "Download the Hugging Face hub's nyu-mll/glue there, set data.hub in the experiment, or use source: embedded.",
  });

function splitFile(hub: string, task: TaskDefinition, split: Split): string {
  return join(hub, 'datasets/nyu-mll/glue', task.name, `${task.splits[split]}-00000-of-00001.parquet`);
}

function advGlueFile(folder: string | undefined, task: TaskDefinition): string | undefined {
  if (folder === undefined || task.advGlueKey === undefined) return undefined;
  return ['dev_ann.json', 'dev.json'].map((name) => join(folder, name)).find((path) => existsSync(path));
}

function missingAdvGlue(folder: string | undefined, task: TaskDefinition): InputError {
  if (task.advGlueKey === undefined) {
    return new InputError(`AdvGLUE has no part for ${task.name}.`, {
      hint: 'Leave the advglue suite out for this task.',
    });
  }
  return new InputError('Neither dev_ann.json nor dev.json of AdvGLUE is here.', {
    where: folder ?? 'data.advGlue (not set)',
    hint: 'Set data.advGlue in the experiment to the folder that holds them, or leave the advglue suite out.',
  });
}

/** GLUE in the Hugging Face layout and AdvGLUE, from local folders. Reads only what is asked for, when it is. */
export function folderSource(options: FolderSourceOptions): TaskSource {
  const hub = resolve(options.hub);
  const advGlue = options.advGlue === undefined ? undefined : resolve(options.advGlue);
  return {
    name: 'folder',

    async load(task, split) {
      const path = splitFile(hub, task, split);
      if (!existsSync(hub)) throw missingGlue('The data folder does not exist.', hub);
      if (!existsSync(path)) throw missingGlue(`The ${split} split of ${task.name} is not there.`, path);
      return collectExamples(readParquet(path), task, path);
    },

    async adversarial(task) {
      const path = advGlueFile(advGlue, task);
      if (path === undefined) throw missingAdvGlue(advGlue, task);
      return readAdvGlue(path, task);
    },

    async fingerprint(task) {
      const files: readonly (readonly [string, string | undefined])[] = [
        ['train', splitFile(hub, task, 'train')],
        ['dev', splitFile(hub, task, 'dev')],
        ['adversarial', advGlueFile(advGlue, task)],
      ];
      const present = files.flatMap(([role, path]) => (path && existsSync(path) ? [[role, path] as const] : []));
      if (present.length === 0) throw missingGlue(`No file of ${task.name} is there.`, hub);
      return fingerprintFiles(present);
    },
  };
}
