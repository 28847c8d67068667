import { standardCatalogue } from '@rose/experiments';
import { ExitCode } from './exit-code.js';
import { type ListKind, listKinds, listOf } from '../terminal/lists.js';
import { defineCommand } from './command.js';
import { experimentFolders } from './experiment-options.js';

export const listCommand = defineCommand({
  name: 'list <kind>',
  description: 'List what can be named, with its settings, their defaults and where they come from',
  options: {
    kind: { choices: listKinds as readonly ListKind[], demandOption: true, describe: 'What to list' },
    settings: { type: 'boolean', default: true, describe: 'Show the settings too; --no-settings for names alone' },
    markdown: { type: 'boolean', default: false, describe: 'As the documents have it' },
  },
  positional: ['kind'],
  async run({ kind, settings, markdown }) {
    const catalogue = standardCatalogue();
    const text = await listOf(kind, { catalogue, folders: experimentFolders(), settings, markdown });
    process.stdout.write(`${text}\n`);
    return ExitCode.Done;
  },
});
