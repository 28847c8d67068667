import { renamingOptions } from '@rose/foundation';
import { type TaskSource, embeddedSource, folderSource } from '@rose/glue';
import type { Experiment } from '../settings/schema.js';

type Data = Experiment['data'];

/** Every experiment draws its subsets of rows with this seed, so that all runs, and all attacks, see the same rows. */
export const ROWS_SEED = 0;

/** The names that the options of a source have in an experiment. */
const dataKeys = { hub: 'data.hub', advGlue: 'data.advGlue', task: 'tasks' };

/** Where the texts of an experiment come from; its errors speak of the experiment's settings. */
export function findSource({ source, hub, advGlue }: Data): TaskSource {
  const found = source === 'embedded' ? embeddedSource() : folderSource({ hub, advGlue });
  return {
    name: found.name,
    load: (...asked) => renamingOptions(dataKeys, () => found.load(...asked)),
    adversarial: (...asked) => renamingOptions(dataKeys, () => found.adversarial(...asked)),
    fingerprint: (...asked) => renamingOptions(dataKeys, () => found.fingerprint(...asked)),
  };
}

/** The name a task goes by in tables: mini-GLUE's are small sets of our own and must not pass for GLUE's. */
export const taskLabel = (task: string, { source }: Data): string => (source === 'embedded' ? `mini-${task}` : task);
