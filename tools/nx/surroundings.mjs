// What specs can see outside the files that git knows, printed for Nx to hash: without it, a test that passed without
// real data would count as passed with it. Environment variables ROSE_*, the files they point to, data, .cache, Python.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Path, size and time of each file of a folder, or of the one file. */
function listing(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return [];
  const files = found.isDirectory()
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name))
    : [path];
  return files.sort().map((file) => {
    const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
    return `${file} ${size} ${mtimeMs}`;
  });
}

const settings = Object.entries(process.env).filter(([name]) => name.startsWith('ROSE_'));
const lines = [
  ...settings.sort().flatMap(([name, value]) => [`${name}=${value}`, ...listing(resolve(root, value))]),
  ...['data', '.cache'].flatMap((folder) => listing(join(root, folder))),
  String(spawnSync('python3', ['--version']).stdout),
];
console.log(lines.join('\n'));
