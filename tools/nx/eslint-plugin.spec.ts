import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './run-nx.js';

const eslint = join(dirname(createRequire(import.meta.url).resolve('eslint/package.json')), 'bin/eslint.js');

it('refuses an import from a floor above, though Nx has no project graph in its cache', { timeout: 120_000 }, () => {
  const NX_WORKSPACE_DATA_DIRECTORY = mkdtempSync(join(tmpdir(), 'rose-no-graph-'));
  const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const { status, stdout } = spawnSync(
    process.execPath,
    [eslint, '--stdin', '--stdin-filename', 'packages/attacks/src/index.ts'],
    {
      cwd: root,
      env: { ...Object.fromEntries(outer), NX_DAEMON: 'false', NX_WORKSPACE_DATA_DIRECTORY },
      input: "export { loadClassifier } from '@rose/encoders';\n",
      encoding: 'utf8',
    },
  );
  rmSync(NX_WORKSPACE_DATA_DIRECTORY, { recursive: true });
  expect(stdout).toContain('@nx/enforce-module-boundaries');
  expect(status).toBe(1);
});
