import { execFile } from 'node:child_process';
import path from 'node:path';

/** The root of the checkout that this file belongs to. */
export const here = path.resolve(import.meta.dirname, '../..');

/**
 * Runs the command line of a checkout from source, on the Node that this process runs on.
 * @throws Error with the end of what it printed, when it ends with another exit code than 0
 */
export function rose(args: readonly string[], checkout = here): Promise<void> {
  const PATH = [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter);
  const options = { cwd: checkout, env: { ...process.env, PATH, NO_COLOR: '1' }, maxBuffer: 2 ** 26 };
  return new Promise((resolve, reject) => {
    execFile('npm', ['run', '--silent', 'rose', '--', ...args], options, (error, stdout, stderr) => {
      if (!error) return resolve();
      const said = `${stdout}\n${stderr}`.trim().slice(-3000);
      reject(new Error(`rose ${args.join(' ')}\nended with exit code ${String(error.code)}:\n${said}`));
    });
  });
}
