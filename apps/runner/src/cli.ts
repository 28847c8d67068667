import { InputError, InterruptedError, describeError, nearestName, renamingOptions } from '@rose/foundation';
import yargs, { type Options } from 'yargs';
import type { Command } from './commands/command.js';
import { commands } from './commands/index.js';
import { ExitCode } from './commands/exit-code.js';

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
      throw error ?? misunderstood(message, argv);
    });
  for (const command of commands) {
    const { name, description, options, positional = [] } = command;
    parser.command(
      name,
      description,
      (args) => {
        for (const [option, definition] of Object.entries<Options>(options)) {
          if (positional.includes(option)) args.positional(option, definition as Parameters<typeof args.positional>[1]);
          else args.option(option, definition);
        }
        return args.check((given) => refuseTwice(given, command));
      },
      async (args) => {
        ended = await renamingOptions(flagsOf(command), () => command.run(args as never));
      },
    );
  }
  try {
    await parser.parseAsync();
    return ended;
  } catch (error) {
    return explain(error);
  }
}

/** What the options of rooms below are called on the command line: their own names, as flags. */
function flagsOf({ options, positional = [] }: Command): Record<string, string> {
  const flags = Object.keys(options).filter((option) => !positional.includes(option));
  const camelCase = (option: string) => option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries([
    ...flags.map((option) => [camelCase(option), `--${option}`]),
    ['frozenColumns', '--freeze'],
  ]);
}

function refuseTwice(args: Readonly<Record<string, unknown>>, { repeatable = [] }: Command): true {
  for (const [option, value] of Object.entries(args)) {
    if (option === '_' || repeatable.includes(option) || !Array.isArray(value)) continue;
    throw new InputError(`--${option} was given ${value.length} times.`, { hint: 'Give it once.' });
  }
  return true;
}

/** What yargs could not make sense of, with the nearest thing that there is. */
function misunderstood(message: string | undefined, argv: readonly string[]): InputError {
  const hint = 'rose --help lists the commands, rose <command> --help their options.';
  const unknown = /Unknown arguments?: ([\w-]+)/.exec(message ?? '')?.[1];
  if (unknown !== undefined && argv.some((arg) => arg.startsWith(`--${unknown}`))) {
    const command = commands.find(({ name }) => name.split(' ')[0] === argv[0]);
    const nearest = nearestName(unknown, Object.keys(command?.options ?? {}));
    return new InputError(message ?? '', { hint: nearest ? `Did you mean --${nearest}?` : hint });
  }
  // An unknown command is answered with nothing but a guess.
  if (message?.startsWith('Did you mean')) return new InputError(`There is no such command. ${message}`, { hint });
  return new InputError(message ?? 'The request makes no sense.', { hint });
}

function explain(error: unknown): ExitCode {
  process.stderr.write(`rose: ${describeError(error)}\n`);
  if (error instanceof InputError || (error as Error).name === 'YError') return ExitCode.Usage;
  if (error instanceof InterruptedError) return ExitCode.Interrupted;
  if (process.env['ROSE_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  else process.stderr.write('  next:  Set ROSE_DEBUG=1 to see where in the code this happened.\n');
  return ExitCode.Failed;
}
