export { runCli } from './cli.js';
export { ExitCode } from './commands/exit-code.js';
