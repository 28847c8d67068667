// Puts into each published package what its tarball needs and git keeps in one place only: the licence, and what else
// of the root the package lists in its `files`. `npm pack` has no hook for it, since .npmrc switches scripts off.
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
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
    removeLeftovers(join(root, folder));
    const elsewhere = manifestOf(folder).files.filter(
      (name) => /^\w+$/.test(name) && name !== 'dist' && name !== 'src',
    );
    for (const name of ['LICENSE', ...elsewhere])
      if (existsSync(join(root, name))) cpSync(join(root, name), join(root, folder, name), { recursive: true });
  }
}

/** The compiler leaves what it once made of a source file that is gone, or has another name now. */
function removeLeftovers(folder) {
  for (const entry of readdirSync(join(folder, 'dist'), { recursive: true, withFileTypes: true })) {
    const built = join(entry.parentPath, entry.name);
    const name = /^(.*)(\.d\.ts|\.js)(\.map)?$/.exec(relative(join(folder, 'dist'), built))?.[1];
    if (name !== undefined && !existsSync(join(folder, 'src', `${name}.ts`))) rmSync(built);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) stage();
