export { runCli } from './cli.js';
export { ExitCode } from './exit-code.js';
