import { type TaskDefinition, type TaskSource, embeddedSource, findTask, folderSource } from '@rose/glue';
import type { Experiment } from '../experiment/schema.js';

type Data = Experiment['data'];

export function findSource({ source, hub, advGlue }: Data): TaskSource {
  if (source === 'embedded') return embeddedSource();
  return folderSource({ hub, advGlue });
}

/** The name a task goes by in tables: mini-GLUE's are small sets of our own and must not pass for GLUE's. */
export const taskLabel = (task: string, { source }: Data): string => (source === 'embedded' ? `mini-${task}` : task);

export const taskOf = (name: string): TaskDefinition => findTask(name);
