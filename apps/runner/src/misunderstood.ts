import { InputError, nearestName } from '@rose/foundation';
import { takes } from './commands/check-options.js';
import type { Command } from './commands/command.js';
import { commands } from './commands/index.js';

const nameOf = ({ name }: Command): string => name.split(' ')[0] ?? '';

/** What yargs could not make sense of, in our words and with the nearest thing that there is. */
export function misunderstood(message = '', argv: readonly string[]): InputError {
  const command = commands.find((known) => argv.includes(nameOf(known)));
  if (!command) return withoutCommand(argv.find((word) => !word.startsWith('-')));
  const help = `rose ${nameOf(command)} --help lists its options.`;
  const [, unfinished] = /^Not enough arguments following: ([\w-]+)/.exec(message) ?? [];
  if (unfinished !== undefined) return lacking(unfinished, 'has no value', command);
  const [, missing] = /^Missing required arguments?: ([\w-]+)/.exec(message) ?? [];
  if (missing !== undefined) return lacking(missing, 'is missing', command);
  const [, unknown] = /^Unknown arguments?: (.+?)(?:, |$)/.exec(message) ?? [];
  if (unknown !== undefined) return withUnknown(unknown, { argv, command, help });
  const [place] = command.positional ?? [];
  if (message.startsWith('Not enough non-option arguments') && place !== undefined) {
    return new InputError(`rose ${nameOf(command)} needs to be told more: <${place}>.`, {
      hint: command.options[place]?.describe ?? help,
    });
  }
  return new InputError(message || 'The request makes no sense.', { hint: help });
}

function withoutCommand(word: string | undefined): InputError {
  const hint = 'rose --help lists the commands.';
  if (word === undefined) return new InputError('Which command?', { hint });
  const nearest = nearestName(word, commands.map(nameOf));
  return new InputError(`There is no command '${word}'.`, { hint: nearest ? `Did you mean 'rose ${nearest}'?` : hint });
}

function lacking(option: string, what: string, { options }: Command): InputError {
  const definition = options[option];
  return new InputError(`--${option} ${what}.`, { ...(definition && { hint: takes(option, definition) }) });
}

interface Asked {
  readonly argv: readonly string[];
  readonly command: Command;
  readonly help: string;
}

function withUnknown(word: string, { argv, command, help }: Asked): InputError {
  const isOption = argv.some((arg) => arg.startsWith('-') && arg.includes(word));
  if (!isOption) return new InputError(`rose ${nameOf(command)} has no use for '${word}'.`, { hint: help });
  const { options, positional = [] } = command;
  const flags = Object.keys(options).filter((option) => !positional.includes(option) && !options[option]?.hidden);
  const nearest = nearestName(word, flags);
  return new InputError(`There is no option ${word.length > 1 ? '--' : '-'}${word}.`, {
    hint: nearest ? `Did you mean --${nearest}?` : help,
  });
}
