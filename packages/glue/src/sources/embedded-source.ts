import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '@rose/foundation';
import { collectExamples } from '../formats/example-from-row.js';
import { readAdvGlue } from '../formats/adv-glue.js';
import { readTsv } from '../formats/tsv.js';
import type { TaskDefinition } from '../tasks/define-task.js';
import { fingerprintFiles } from './fingerprint.js';
import type { TaskSource } from './task-source.js';

/** The package's data folder lies two floors up, from src/sources and dist/sources alike. */
const folder = () => fileURLToPath(new URL('../../data/mini-glue', import.meta.url));

function miniGlueFile(task: TaskDefinition, file: string): string {
  const path = join(folder(), task.name, file);
  if (existsSync(path)) return path;
  const embedded = readdirSync(folder(), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  throw new InputError(`The embedded mini-GLUE has no ${task.name}.`, {
    option: 'task',
    hint: `It has ${embedded.map(({ name }) => name).join(', ')}. Other tasks are read from a folder with their files.`,
  });
}

/** mini-GLUE, which comes with the package: no network, no downloads. Its card is data/mini-glue/README.md. */
export function embeddedSource(): TaskSource {
  return {
    name: 'embedded',

    async load(task, split) {
      const path = miniGlueFile(task, `${split}.tsv`);
      return collectExamples(readTsv(path), task, path);
    },

    async adversarial(task) {
      return readAdvGlue(miniGlueFile(task, 'adversarial.json'), task);
    },

    async fingerprint(task) {
      return fingerprintFiles([
        ['train', miniGlueFile(task, 'train.tsv')],
        ['dev', miniGlueFile(task, 'dev.tsv')],
        ['adversarial', miniGlueFile(task, 'adversarial.json')],
      ]);
    },
  };
}
