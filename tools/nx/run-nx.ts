import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');

/** Runs Nx with exactly these arguments, as someone does who types them: not as a task of the run we may be in. */
export function runNx(...args: readonly string[]) {
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const env = { ...Object.fromEntries(outer), NX_DAEMON: 'false', CI: 'true' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [nx, ...args], { cwd: root, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
