import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from './exit-code.js';

export type CommandOptions = Readonly<Record<string, Options>>;

/** One command of `rose`: its options as data, from which help, hints and the names in messages come. */
export interface Command<O extends CommandOptions = CommandOptions> {
  /** With the place of its argument, where it has one: `list <kind>`. */
  readonly name: string;
  readonly description: string;
  readonly options: O;
  /** The options among these that are given by their place. */
  readonly positional?: readonly string[];
  /** The options that may be given more than once. */
  readonly repeatable?: readonly string[];
  run(args: ArgumentsCamelCase<InferredOptionTypes<O>>): Promise<ExitCode>;
}

/** A command; the types of its arguments follow from its options. */
export const defineCommand = <const O extends CommandOptions>(command: Command<O>): Command<O> => command;
