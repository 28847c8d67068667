import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * An Nx executor: runs a Node program in the root of the workspace, with the arguments exactly as they were typed.
 * `nx:run-commands` would hand them to a shell, which expands `$HOME` and runs what stands in backticks.
 */
export default async function nodeProgram(options, context) {
  // Nx lets the command line override an executor's options. An argument of the program must not do that.
  const { program, arguments: first = [] } = context.target.options;
  const child = spawn(process.execPath, [resolve(context.root, program), ...first, ...options.__unparsed__], {
    cwd: context.root,
    stdio: 'inherit',
  });
  // The program ends in its own time after a signal: it may have a state to write.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('exit', (code) => settle({ success: code === 0 }));
  });
}
