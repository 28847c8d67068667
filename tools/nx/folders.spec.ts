import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The product's own files, from the root: no specs, nothing that only specs use, nothing generated. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'packages', 'apps'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\/src\/.*\.ts$/.test(file) && !/\.(spec|d)\.ts$|\/testing\/|\/generated\//.test(file));

/** The files of its own package that a file imports. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), 'utf8'));
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(path.dirname(file), name).replace(/\.js$/, '.ts'));
}

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function graphOf(arrows: readonly (readonly [from: string, to: string])[]): Graph {
  const graph = new Map<string, Set<string>>();
  for (const [from, to] of arrows) if (from !== to) graph.set(from, (graph.get(from) ?? new Set()).add(to));
  return graph;
}

/** The first circle that is found, as a path that ends where it begins. */
function circleIn(graph: Graph): string[] {
  const done = new Set<string>();
  const visit = (node: string, trail: readonly string[]): string[] => {
    if (trail.includes(node)) return [...trail.slice(trail.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...trail, node]);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

const arrows = files.flatMap((file) => importsOf(file).map((to) => [file, to] as const));

describe('the house', () => {
  it('has files that import each other', () => expect(arrows.length).toBeGreaterThan(500));

  it('has no circle of files', () => expect(circleIn(graphOf(arrows))).toEqual([]));

  it('has no circle of folders: a package is built in layers', () => {
    const folders = arrows.map(([from, to]) => [path.dirname(from), path.dirname(to)] as const);
    expect(circleIn(graphOf(folders))).toEqual([]);
  });

  it('would show a circle', () => {
    const circle = graphOf([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
    ]);
    expect(circleIn(circle)).toEqual(['b', 'c', 'b']);
  });
});
