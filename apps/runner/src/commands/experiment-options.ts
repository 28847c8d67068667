import { fileURLToPath } from 'node:url';
import { type Catalogue, type LoadedExperiment, loadExperiment } from '@rose/experiments';

/** The options of every command that works on an experiment. */
export const experimentOptions = {
  experiment: {
    type: 'string',
    default: 'quickstart',
    describe: 'Name of an experiment (rose list experiments), or a YAML file',
  },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    default: [] as string[],
    describe: 'Override one setting, KEY=VALUE; repeatable',
  },
} as const;

/** Where a bare name is looked for: the working directory first, then what comes with the package. */
export const experimentFolders = (): string[] => [
  'experiments',
  fileURLToPath(new URL('../../experiments', import.meta.url)),
];

interface Asked {
  readonly experiment: string;
  readonly set: readonly string[];
}

/** The experiment that was asked for. */
export const askedExperiment = (asked: Asked, catalogue: Catalogue): Promise<LoadedExperiment> =>
  loadExperiment({ ...asked, folders: experimentFolders(), catalogue });

/** Says what a user should know of an experiment or a model that nothing is wrong with. */
export function tellNotes({ notes = [] }: { readonly notes?: readonly string[] }): void {
  for (const note of notes) process.stderr.write(`rose: ${note}\n`);
}
