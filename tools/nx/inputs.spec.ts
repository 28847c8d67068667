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

/** A room's files that only its tests load. */
const isTest = (file: string) => /^(packages|apps)\/.*(\.spec\.ts|\/src\/testing\/.*\.ts)$/.test(file);

const roomOf = (file: string) => file.split('/').slice(0, 2).join('/');

/** What a string of a test can mean as a path of the repository: from the file, from the root, or an experiment's name. */
function meanings(file: string, text: string): string[] {
  const experiment = /^--experiment=([\w-]+)$/.exec(text)?.[1];
  if (experiment !== undefined) return [`experiments/${experiment}.yaml`];
  if (!/^[\w.@/-]+\/[\w.@/-]+$/.test(text)) return [];
  return [relative(root, resolve(root, dirname(file), text)), text];
}

/** For each room, the files of others that its tests name. */
function namedFiles(): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  for (const file of tracked.filter(isTest)) {
    const room = roomOf(file);
    const code = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const strings = [...code.matchAll(/['"`]([^'"`\n]+)['"`]/g)];
    const paths = strings.flatMap(([, text]) => meanings(file, text as string));
    for (const path of paths.filter((path) => path !== '' && !path.startsWith('..') && roomOf(path) !== room)) {
      for (const found of tracked.filter((other) => other === path || other.startsWith(`${path}/`)))
        named.set(room, (named.get(room) ?? new Set()).add(found));
    }
  }
  return named;
}

describe('the inputs of test targets', () => {
  const named = namedFiles();

  it('are looked at in earnest: some tests do name files of other rooms', () => {
    expect([...named.values()].flatMap((files) => [...files]).join('\n')).toMatch(
      /fixtures\/tiny-bert\/.*\n(.*\n)*.*experiments\//,
    );
  });

  it.each([...named.keys()])('hold what the tests of %s name', { timeout: 60_000 }, (room) => {
    const files = [...(named.get(room) ?? [])];
    const project = JSON.parse(runNx('show', 'project', room, '--json').stdout) as { name: string };
    const { stdout } = runNx('show', 'target', 'inputs', `${project.name}:test`, '--json');
    const inputs = new Set((JSON.parse(stdout) as { files: string[] }).files);
    expect(files.filter((file) => !inputs.has(file))).toEqual([]);
  });
});
