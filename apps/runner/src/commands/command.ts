import type { ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs';
import type { ExitCode } from './exit-code.js';

/** The numbers that an option takes. */
export interface NumberRange {
  readonly from: number;
  /** The largest; none by default. */
  readonly to?: number;
  /** Whether fractions are refused. */
  readonly whole?: boolean;
}

/** 1, 2, 3 … */
export const COUNTS: NumberRange = { from: 1, whole: true };

/** More threads than any machine has cores would only be made, one by one. */
export const THREADS: NumberRange = { from: 1, to: 1024, whole: true };

/** What yargs knows of an option, and of a number the range. */
export type CommandOption =
  | (Options & { readonly type: 'number'; readonly numbers: NumberRange })
  | (Options & { readonly type: 'string' | 'boolean' });

export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** One command of `rose`: its options as data, from which help, hints, checks and the names in messages come. */
export interface Command<O extends CommandOptions = CommandOptions> {
  /** With the place of its argument, where it has one: `list <kind>`. */
  readonly name: string;
  readonly description: string;
  readonly options: O;
  /** The options among these that are given by their place. */
  readonly positional?: readonly string[];
  /** The options that may be given more than once. */
  readonly repeatable?: readonly string[];
  /** Options of the rooms below that one of these sets and that go by another name there, by that name. */
  readonly sets?: Readonly<Record<string, string>>;
  run(args: ArgumentsCamelCase<InferredOptionTypes<O>>): Promise<ExitCode>;
}

/** A command; the types of its arguments follow from its options. */
export const defineCommand = <const O extends CommandOptions>(command: Command<O>): Command<O> => command;

/** `query-budget` as yargs and the rooms below call it: `queryBudget`. */
export const camelCase = (option: string): string =>
  option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
