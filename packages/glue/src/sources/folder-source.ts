import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@rose/foundation';
import { dataPath, placeOf } from './data-folder.js';
import { collectExamples } from '../formats/example-from-row.js';
import type { Split } from '../examples/example.js';
import { readAdvGlue } from '../formats/adv-glue.js';
import { readParquet } from '../formats/parquet.js';
import type { TaskDefinition } from '../tasks/define-task.js';
import { tasks } from '../tasks/tasks.js';
import { fingerprintFiles } from './fingerprint.js';
import type { TaskSource } from './task-source.js';

/** Paths are relative to the working directory. */
export interface FolderSourceOptions {
  /** Holds `datasets/nyu-mll/glue/<task>/<split>-00000-of-00001.parquet`; by default `hub` in the data folder. */
  readonly hub?: string | undefined;
  /**
   * Holds AdvGLUE's `dev_ann.json` or `dev.json`; by default `advglue` in the data folder. The former is preferred: it
   * says how each item was made.
   */
  readonly advGlue?: string | undefined;
}

function splitFile(hub: string, task: TaskDefinition, split: Split): string {
  return join(hub, 'datasets/nyu-mll/glue', task.name, `${task.splits[split]}-00000-of-00001.parquet`);
}

const missingGlue = (message: string, where: string) =>
  new InputError(message, {
    where,
    option: 'hub',
    hint: 'Put the file there, or choose another folder. GLUE is fetched with: node tools/fetch-data.mjs --only=glue',
  });

/** AdvGLUE's file for a task, if there is one. */
function advGlueFile(given: string | undefined, task: TaskDefinition): string | undefined {
  if (task.advGlueKey === undefined) return undefined;
  const folder = placeOf('advGlue', given);
  return ['dev_ann.json', 'dev.json'].map((name) => join(folder, name)).find((path) => existsSync(path));
}

function missingAdvGlue(given: string | undefined, task: TaskDefinition): InputError {
  if (task.advGlueKey === undefined) {
    const names = [...tasks.values()].filter(({ advGlueKey }) => advGlueKey !== undefined).map(({ name }) => name);
    return new InputError(`AdvGLUE has no part for ${task.name}.`, {
      option: 'task',
      hint: `It has parts for ${names.join(', ')}.`,
    });
  }
  return new InputError('Neither dev_ann.json nor dev.json of AdvGLUE is here.', {
    where: dataPath('advGlue', given),
    option: 'advGlue',
    hint: 'Choose the folder that holds one of them. They are fetched with: node tools/fetch-data.mjs --only=advglue',
  });
}

/**
 * GLUE in the Hugging Face layout and AdvGLUE, from local folders; what is not given is read from the data folder (see
 * `dataFolder`). A file is read only when it is asked for.
 */
export function folderSource({ hub, advGlue }: FolderSourceOptions = {}): TaskSource {
  return {
    name: 'folder',

    async load(task, split) {
      const path = splitFile(dataPath('hub', hub), task, split);
      if (!existsSync(path)) throw missingGlue(`The ${split} split of ${task.name} is not there.`, path);
      return collectExamples(readParquet(path), task, path);
    },

    async adversarial(task) {
      const path = advGlueFile(advGlue, task);
      if (path === undefined) throw missingAdvGlue(advGlue, task);
      return readAdvGlue(path, task);
    },

    async fingerprint(task) {
      const folder = dataPath('hub', hub);
      const files: readonly (readonly [string, string | undefined])[] = [
        ['train', splitFile(folder, task, 'train')],
        ['dev', splitFile(folder, task, 'dev')],
        ['adversarial', advGlueFile(advGlue, task)],
      ];
      const present = files.flatMap(([role, path]) => (path && existsSync(path) ? [[role, path] as const] : []));
      if (present.length === 0) throw missingGlue(`No file of ${task.name} is there.`, folder);
      return fingerprintFiles(present);
    },
  };
}
