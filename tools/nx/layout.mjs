import { globAsync, readJson } from '@nx/devkit';

const floors = ['packages', 'apps'];

/**
 * An Nx sync generator: gives each room (a folder of `packages/` or `apps/` with a `package.json`) the files and the
 * fields that all rooms share. The references of `tsconfig.lib.json` are then kept by `@nx/js:typescript-sync`.
 */
export default async function layout(tree) {
  const changed = [];
  const write = (path, text) => {
    if (tree.exists(path) && tree.read(path, 'utf8') === text) return;
    tree.write(path, text);
    changed.push(path);
  };
  const root = readJson(tree, 'package.json');
  for (const room of floors.flatMap((floor) => tree.children(floor).map((name) => `${floor}/${name}`))) {
    if (!tree.exists(`${room}/package.json`)) continue;
    const { references = [] } = tree.exists(`${room}/tsconfig.lib.json`)
      ? readJson(tree, `${room}/tsconfig.lib.json`)
      : {};
    write(`${room}/package.json`, json(manifest(root, readJson(tree, `${room}/package.json`))));
    write(`${room}/tsconfig.json`, json(specs));
    write(`${room}/tsconfig.lib.json`, json({ extends: '../../tsconfig.lib.base.json', references }));
    if ((await globAsync(tree, [`${room}/src/**/*.spec.ts`])).length > 0) write(`${room}/vitest.config.mts`, tests);
  }
  if (changed.length === 0) return;
  return {
    outOfSyncMessage: 'Some rooms lack what all rooms share.',
    outOfSyncDetails: changed,
  };
}

/** What a package says itself, and what it has in common with the others; more where it is published. */
function manifest(root, own) {
  const common = { ...own, license: root.license, type: 'module', exports: own.exports ?? entry };
  if (own.private) return common;
  const folders = (own.files ?? []).filter((name) => /^\w+$/.test(name) && name !== 'LICENSE');
  return {
    ...common,
    engines: root.engines,
    files: [...new Set(['dist', 'src', ...folders, ...leftOut])],
    publishConfig: { access: 'public' },
  };
}

const entry = {
  '.': { '@rose/source': './src/index.ts', types: './dist/index.d.ts', import: './dist/index.js' },
  './package.json': './package.json',
};
const leftOut = ['!**/*.tsbuildinfo', '!src/**/*.spec.ts', '!src/testing'];
const specs = { extends: '../../tsconfig.spec.base.json', references: [{ path: './tsconfig.lib.json' }] };
const tests = `import { roomConfig } from '../../tools/vitest/room-config.mjs';

export default roomConfig(import.meta.dirname);
`;

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
