import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as attacks from './index.js';
import * as internal from './internal.js';
import * as parts from './parts.js';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
const { exports: entryPoints } = JSON.parse(read('package.json')) as {
  exports: Record<string, string | { '@rose/source': string; types: string; import: string }>;
};

describe('the package', () => {
  it('has a source file and a built one for each entry point', () => {
    const points = Object.values(entryPoints).filter((entry) => typeof entry === 'object');
    expect(points).toHaveLength(3);
    for (const { '@rose/source': source, types, import: built } of points) {
      expect(existsSync(new URL(`../${source}`, import.meta.url))).toBe(true);
      expect([types, built]).toEqual(
        ['.d.ts', '.js'].map((ending) => source.replace('/src/', '/dist/').replace('.ts', ending)),
      );
    }
  });

  it('gives everything one place', () => {
    const names = [attacks, parts, internal].flatMap((entry) => Object.keys(entry));
    expect(new Set(names).size).toBe(names.length);
  });

  it('gives each recipe by name, and lists it with what it needs', () => {
    const { recipes } = attacks;
    const exported = Object.entries(attacks).filter(([, value]) => [...recipes.values()].some((r) => r === value));
    expect(exported).toHaveLength(recipes.size);
    const rows = read('README.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')))
      .filter(([, , name = '']) => recipes.has(name));
    const roles = (list: readonly string[]) => list.join(', ') || '–';
    const identifier = (recipe: unknown) => exported.find(([, value]) => value === recipe)?.[0];
    expect(rows.map((cells) => cells.slice(1, 5))).toEqual(
      [...recipes.values()].map((r) => [identifier(r), r.name, roles(r.needs), roles(r.uses)]),
    );
  });
});
