// Puts into each published package what its tarball needs and git keeps in one place only: the licence, and what else
// of the root the package lists in its `files`. `npm pack` has no hook for it, since .npmrc switches scripts off.
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folders of the packages that are published, from the root. */
export function publishedPackages() {
  return ['packages', 'apps']
    .flatMap((floor) => readdirSync(join(root, floor)).map((name) => `${floor}/${name}`))
    .filter((folder) => existsSync(join(root, folder, 'package.json')) && !manifestOf(folder).private);
}

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

export function stage() {
  for (const folder of publishedPackages()) {
    const elsewhere = manifestOf(folder).files.filter(
      (name) => /^\w+$/.test(name) && name !== 'dist' && name !== 'src',
    );
    for (const name of ['LICENSE', ...elsewhere])
      if (existsSync(join(root, name))) cpSync(join(root, name), join(root, folder, name), { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) stage();
