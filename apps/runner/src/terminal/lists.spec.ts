import { fileURLToPath } from 'node:url';
import { standardCatalogue } from '@rose/experiments';
import { describe, expect, it } from 'vitest';
import { listKinds, listOf } from './lists.js';

const catalogue = standardCatalogue();
const folders = [fileURLToPath(new URL('../../../../experiments', import.meta.url))];
const kinds = listKinds.filter((kind) => kind !== 'experiments');

describe('the lists in the documents', () => {
  // `npx vitest run --project runner lists -u` writes them anew.
  it.each(kinds)('docs/lists/%s.md is what rose list says', async (kind) => {
    const list = await listOf(kind, { catalogue, folders, settings: true, markdown: true });
    const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    const text = `# ${title}\n\nWhat \`rose list ${kind}\` prints. Written by \`npx vitest run --project runner lists -u\`.\n\n${list}\n`;
    await expect(text).toMatchFileSnapshot(`../../../../docs/lists/${kind}.md`);
  });

  it('say of everything what it is, and of every setting what it may be', async () => {
    for (const kind of kinds) {
      const text = await listOf(kind, { catalogue, folders, settings: true, markdown: false });
      expect(text).not.toMatch(/undefined|\[object|anything|: *$/m);
    }
  });
});

it('names can be had without settings, a line each', async () => {
  const names = await listOf('methods', { catalogue, folders, settings: false, markdown: false });
  expect(names.split('\n')).toHaveLength(catalogue.methods.objectives.size + catalogue.methods.selections.size);
  expect(names).toMatch(/^rose-first +Holds back/m);
  const experiments = await listOf('experiments', { catalogue, folders, settings: false, markdown: false });
  expect(experiments.split('\n')).toContain('quickstart');
});

it('every setting of a method, a recipe and a victim is described', async () => {
  for (const kind of ['methods', 'recipes', 'victims'] as const) {
    const text = await listOf(kind, { catalogue, folders, settings: true, markdown: true });
    for (const [line] of text.matchAll(/^- `.*$/gm)) expect(line).toMatch(/\): \S.{8,}/);
  }
});
