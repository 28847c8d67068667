import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Tarball {
  readonly path: string;
  /** Paths inside, from the package's folder. */
  readonly files: readonly string[];
}

/** `npm pack` of a package's folder, into another folder. */
export function pack(folder: string, into: string): Tarball {
  const printed = execFileSync('npm', ['pack', '--json', '--pack-destination', into], {
    cwd: join(root, folder),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [tarball] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
  return { path: join(into, tarball.filename), files: tarball.files.map(({ path }) => path) };
}

/** An empty folder outside the repository, with these tarballs installed. What else they need comes from the registry. */
export function install(tarballs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'rose-consumer-'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
  execFileSync('npm', ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

/** Runs a program of a folder, as its owner would: with nothing of the run we are in. */
export function runIn(folder: string, program: string, ...args: readonly string[]) {
  const outer = Object.entries(process.env).filter(
    ([name]) => !/^(NX_|VITEST|NODE_|ROSE_|npm_|FORCE_COLOR)/.test(name),
  );
  const options = { cwd: folder, env: Object.fromEntries(outer), encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(program, args, options);
  return { status, stdout, stderr };
}
