import { InputError, InterruptedError, describeError, renamingOptions } from '@rose/foundation';
import yargs, { type Options } from 'yargs';
import { checkOptions } from './commands/check-options.js';
import { type Command, camelCase } from './commands/command.js';
import { commands } from './commands/index.js';
import { ExitCode } from './commands/exit-code.js';
import { misunderstood } from './misunderstood.js';

/** Runs the command line and says how it ended. User mistakes are explained without a stack trace. */
export async function runCli(argv: readonly string[]): Promise<ExitCode> {
  let ended: ExitCode = ExitCode.Done;
  const parser = yargs([...argv])
    .scriptName('rose')
    .usage('$0 <command>\n\nRobust selective fine-tuning, and what is left of it under attack.')
    .locale('en')
    .strict()
    .recommendCommands()
    .demandCommand(1)
    .help()
    .alias('help', 'h')
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message: string | undefined, error: Error | undefined) => {
      if (error && error.name !== 'YError') throw error;
      throw misunderstood(error?.message ?? message, argv);
    });
  for (const command of commands) {
    const { name, description, options, positional = [] } = command;
    parser.command(
      name,
      description,
      (args) => {
        for (const [option, definition] of Object.entries<Options>(options)) {
          if (positional.includes(option)) args.positional(option, definition as Parameters<typeof args.positional>[1]);
          else args.option(option, { ...definition, requiresArg: definition.type !== 'boolean' });
        }
        return args.check(() => checkOptions(argv, command));
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

/** What the options of rooms below are called on the command line. */
function flagsOf({ options, positional = [], sets = {} }: Command): Record<string, string> {
  const own = Object.keys(options).map((option) => [camelCase(option), option] as const);
  const written = (option: string) => (positional.includes(option) ? `<${option}>` : `--${option}`);
  return Object.fromEntries([...own, ...Object.entries(sets)].map(([name, option]) => [name, written(option)]));
}

function explain(error: unknown): ExitCode {
  process.stderr.write(`rose: ${describeError(error)}\n`);
  if (error instanceof InputError) return ExitCode.Usage;
  if (error instanceof InterruptedError) {
    process.stderr.write('  next:  Run the same command again: it goes on where it stopped.\n');
    return ExitCode.Interrupted;
  }
  if (process.env['ROSE_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  else process.stderr.write('  next:  Set ROSE_DEBUG=1 to see where in the code this happened.\n');
  return ExitCode.Failed;
}
