import { InputError, InterruptedError, describeError, nearestName } from '@rose/foundation';
import yargs from 'yargs';
import { commands } from './commands/index.js';
import { ExitCode } from './exit-code.js';

/** Runs the command line and says how it ended. User mistakes are explained without a stack trace. */
export async function runCli(argv: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = ExitCode.Done;
  const parser = yargs([...argv])
    .scriptName('rose')
    .usage('$0 <command>\n\nRobust selective fine-tuning, and what is left of it under attack.')
    .locale('en')
    .strict()
    .recommendCommands()
    .demandCommand(1, 'Which command? `rose --help` lists them.')
    .help()
    .alias('help', 'h')
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      throw (
        error ??
        new InputError(spelledOut(message), {
          hint: 'rose --help lists the commands, rose <command> --help their options.',
        })
      );
    });
  parser.check((args) => {
    for (const [option, value] of Object.entries(args)) {
      if (option === '_' || repeatable.has(option) || !Array.isArray(value)) continue;
      throw new InputError(`--${option} was given ${value.length} times.`, { hint: 'Give it once.' });
    }
    return true;
  });
  for (const make of commands) make(parser, (code) => (ended = code));
  try {
    await parser.parseAsync();
    return ended;
  } catch (error) {
    return explain(error, argv);
  }
}

/** yargs answers an unknown command with nothing but its guess. */
function spelledOut(message: string | undefined): string {
  if (!message) return 'The request makes no sense.';
  return message.startsWith('Did you mean') ? `There is no such command. ${message}` : message;
}

function explain(error: unknown, argv: readonly string[]): ExitCode {
  const mistake = error instanceof InputError || (error as Error).name === 'YError';
  process.stderr.write(`rose: ${describeError(error)}\n${hintFor(error, argv)}`);
  if (mistake) return ExitCode.Usage;
  if (error instanceof InterruptedError) return ExitCode.Interrupted;
  if (process.env['ROSE_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  else process.stderr.write('  next:  Set ROSE_DEBUG=1 to see where in the code this happened.\n');
  return ExitCode.Failed;
}

/** The options that may be given more than once. */
const repeatable = new Set(['set']);

const options = [
  'experiment',
  'set',
  'out',
  'jobs',
  'only',
  'plan',
  'force',
  'id',
  'threads',
  'task',
  'backend',
  'help',
];

/** The nearest known option, where an unknown one was given. */
function hintFor(error: unknown, argv: readonly string[]): string {
  const unknown = /Unknown arguments?: ([\w-]+)/.exec((error as Error).message)?.[1];
  if (!unknown || !argv.some((arg) => arg.startsWith(`--${unknown}`))) return '';
  const nearest = nearestName(unknown, options);
  return nearest ? `  did you mean --${nearest}?\n` : '';
}
