import { InputError } from '@rose/foundation';
import { type Command, type CommandOption, type NumberRange, camelCase } from './command.js';

/**
 * Refuses what nobody can have meant: an option given twice, without a value, or with a number that it does not take.
 * It reads what was typed, since yargs makes 0 of `--jobs=` and `false` of `--plan=maybe`.
 *
 * @param argv the words of the command line
 * @throws InputError
 */
export function checkOptions(argv: readonly string[], { options, positional = [], repeatable = [] }: Command): true {
  const words = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  for (const [option, definition] of Object.entries(options)) {
    if (positional.includes(option)) continue;
    if (definition.type !== 'boolean' && words.includes(`--no-${option}`)) {
      throw new InputError(`There is no option --no-${option}.`, { hint: takes(option, definition) });
    }
    const given = textsOf(option, definition, words);
    if (given.length > 1 && !repeatable.includes(option)) {
      throw new InputError(`--${option} was given ${given.length} times.`, { hint: 'Give it once.' });
    }
    for (const text of given) {
      if (isValue(text, definition)) continue;
      const what = text.trim() === '' ? 'is empty' : `is '${text}'`;
      throw new InputError(`--${option} ${what}.`, { hint: takes(option, definition) });
    }
  }
  return true;
}

/** What an option wants, as the hint for one that has something else. */
export function takes(option: string, definition: CommandOption): string {
  if (definition.type === 'boolean') return `Write --${option} or --no-${option}.`;
  const value = definition.type === 'number' ? rangeOf(definition.numbers) : 'it a value';
  return `Give ${value}: ${definition.describe ?? option}.`;
}

const rangeOf = ({ from, to, whole }: NumberRange): string =>
  `a ${whole ? 'whole ' : ''}number from ${from} ${to === undefined ? 'up' : `to ${to}`}`;

/** The texts that were given for an option; of a flag only those behind an equals sign. */
function textsOf(option: string, { type }: CommandOption, words: readonly string[]): string[] {
  const names = new Set([`--${option}`, `--${camelCase(option)}`]);
  return words.flatMap((word, i) => {
    const at = word.indexOf('=');
    const name = at < 0 ? word : word.slice(0, at);
    if (!names.has(name)) return [];
    if (at >= 0) return [word.slice(at + 1)];
    return type === 'boolean' ? ['true'] : [words[i + 1] ?? ''];
  });
}

function isValue(text: string, definition: CommandOption): boolean {
  if (definition.type === 'boolean') return text === 'true' || text === 'false';
  if (text.trim() === '') return false;
  if (definition.type !== 'number') return true;
  const { from, to = Infinity, whole = false } = definition.numbers;
  const value = Number(text);
  return Number.isFinite(value) && value >= from && value <= to && (!whole || Number.isSafeInteger(value));
}
