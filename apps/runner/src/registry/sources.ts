import { type TaskDefinition, type TaskSource, embeddedSource, findTask, folderSource } from '@rose/glue';
import { InputError } from '@rose/foundation';
import type { Experiment } from '../experiment/schema.js';

type Data = Experiment['data'];

export function findSource({ source, hub, advGlue }: Data): TaskSource {
  if (source === 'embedded') return embeddedSource();
  if (!hub) {
    throw new InputError(`The data source 'folder' needs the folder of the hub's files.`, {
      where: 'data.hub',
      hint: 'Set data.hub to the folder that holds datasets/nyu-mll/glue, or use data.source: embedded.',
    });
  }
  return folderSource({ hub, ...(advGlue ? { advGlue } : {}) });
}

/** The name a task goes by in tables: mini-GLUE's are small sets of our own and must not pass for GLUE's. */
export const taskLabel = (task: string, { source }: Data): string => (source === 'embedded' ? `mini-${task}` : task);

export const taskOf = (name: string): TaskDefinition => findTask(name);
