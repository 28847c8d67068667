import { standardCatalogue } from '@rose/experiments';
import { InputError, lookUp } from '@rose/foundation';
import { ExitCode } from './exit-code.js';
import { listKinds, listOf } from '../terminal/lists.js';
import { defineCommand } from './command.js';
import { experimentFolders } from './experiment-options.js';

export const listCommand = defineCommand({
  name: 'list <kind>',
  description: 'List what can be named, with its settings, their defaults and where they come from',
  options: {
    kind: { type: 'string', demandOption: true, describe: listKinds.join(', ') },
    settings: { type: 'boolean', default: true, describe: 'Show the settings too; --no-settings for names and titles' },
    markdown: { type: 'boolean', default: false, describe: 'As the documents have it' },
  },
  positional: ['kind'],
  async run({ kind, settings, markdown }) {
    const catalogue = standardCatalogue();
    const known = new Map(listKinds.map((name) => [name as string, name]));
    const wanted = lookUp(known, kind, { kind: 'list', where: 'kind' });
    if (wanted === 'experiments' && (markdown || !settings)) {
      throw new InputError('Experiments are listed by their names alone.', {
        option: markdown ? 'markdown' : 'settings',
        hint: 'Leave it out.',
      });
    }
    const text = await listOf(wanted, { catalogue, folders: experimentFolders(), settings, markdown });
    process.stdout.write(`${text}\n`);
    return ExitCode.Done;
  },
});
