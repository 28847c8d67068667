import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runNx } from './run-nx.js';

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');

const strings = /['"`]([^'"`\n]+)['"`]/g;
const comments = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;

const roomOf = (file: string) => file.split('/').slice(0, 2).join('/');

/** What a string of a test can mean as a path of the repository: from the file, from the root, or an experiment's name. */
function meanings(file: string, text: string): string[] {
  const experiment = /^--experiment=([\w-]+)$/.exec(text)?.[1];
  if (experiment !== undefined) return [`experiments/${experiment}.yaml`];
  // Of a path with a gap in it, the folder of the gap counts, with all that it holds.
  const path = text.replace(/\/[^/]*\$\{.*$/, '');
  if (!/^[\w.@/-]+\/[\w.@/-]+$/.test(path)) return [];
  return [relative(root, resolve(root, dirname(file), path)), path];
}

/** The files of other rooms, and of none, that a file names. */
function namedBy(file: string): string[] {
  const code = readFileSync(join(root, file), 'utf8').replaceAll(comments, '');
  return [...code.matchAll(strings)]
    .flatMap(([, text]) => meanings(file, text as string))
    .filter((path) => path.includes('/') && !path.startsWith('..') && roomOf(path) !== roomOf(file))
    .flatMap((path) => tracked.filter((other) => other === path || other.startsWith(`${path}/`)));
}

/** What the specs of all rooms share counts for each room that asks for it. */
const shared = tracked.filter((file) => file.startsWith('packages/testing/src/'));

/** For each room with specs, the files of others that they name. */
const named = new Map<string, ReadonlySet<string>>();
for (const manifest of tracked.filter((file) => /^(packages|apps)\/[^/]+\/package\.json$/.test(file))) {
  const room = roomOf(manifest);
  const tests = tracked.filter(
    (file) => file.startsWith(`${room}/`) && /\.spec\.ts$|\/src\/testing\/.*\.ts$/.test(file),
  );
  const asks = readFileSync(join(root, manifest), 'utf8').includes('"@rose/testing"');
  const files = new Set([...tests, ...(asks ? shared : [])].flatMap(namedBy).filter((file) => roomOf(file) !== room));
  if (tests.length > 0 && files.size > 0) named.set(room, files);
}

describe('the inputs of test targets', () => {
  it('are looked at in earnest: some tests do name files of other rooms', () => {
    expect([...named.values()].flatMap((files) => [...files]).join('\n')).toMatch(
      /fixtures\/tiny-bert\/.*\n(.*\n)*.*experiments\//,
    );
  });

  it.each([...named.keys()])('hold what the tests of %s name', { timeout: 60_000 }, (room) => {
    const files = [...(named.get(room) ?? [])];
    const { nx } = JSON.parse(readFileSync(join(root, room, 'package.json'), 'utf8')) as { nx: { name: string } };
    const { stdout } = runNx('show', 'target', 'inputs', `${nx.name}:test`, '--json');
    const inputs = new Set((JSON.parse(stdout) as { files: string[] }).files);
    expect(files.filter((file) => !inputs.has(file))).toEqual([]);
  });
});
