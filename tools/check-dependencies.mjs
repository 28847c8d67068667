// docs/dependencies.md has a row for each direct dependency of every package.json here. This checks that none is
// missing, and that no row is left of one that is gone.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const TABLE = 'docs/dependencies.md';
const KINDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** The folders that a pattern of `workspaces` stands for: `packages/*`, or a folder by its name. */
function foldersOf(pattern) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  return readdirSync(join(root, parent)).map((name) => `${parent}/${name}`);
}

const workspaces = readJson('package.json').workspaces.flatMap(foldersOf);
const manifests = ['package.json', ...workspaces.map((folder) => `${folder}/package.json`)]
  .filter((file) => existsSync(join(root, file)))
  .map((file) => ({ file, ...readJson(file) }));
const own = new Set(manifests.map(({ name }) => name));

/** Which files ask for a dependency, by its name. */
const wanted = new Map();
for (const manifest of manifests) {
  for (const name of KINDS.flatMap((kind) => Object.keys(manifest[kind] ?? {}))) {
    if (!own.has(name)) wanted.set(name, [...(wanted.get(name) ?? []), manifest.file]);
  }
}

/** The first cell of each row is the name of a package, in backticks. */
const rows = [...readFileSync(join(root, TABLE), 'utf8').matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map(([, name]) => name);

const problems = [
  ...[...wanted].filter(([name]) => !rows.includes(name)).map(([name, files]) => `no row for ${name} (${files[0]})`),
  ...rows.filter((name) => !wanted.has(name)).map((name) => `a row for ${name}, which no package.json asks for`),
  ...rows.filter((name, i) => rows.indexOf(name) < i).map((name) => `two rows for ${name}`),
];
if (problems.length > 0) {
  console.error(`${TABLE} does not fit the package.json files:\n  ${problems.join('\n  ')}`);
  process.exit(1);
}
console.log(`${wanted.size} direct dependencies, each with a row in ${TABLE}`);
