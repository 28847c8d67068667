import type { Argv } from 'yargs';
import type { ExitCode } from '../exit-code.js';

/** Adds one command to the parser; `end` takes the code it ends with. */
export type Command = (parser: Argv, end: (code: ExitCode) => void) => void;
