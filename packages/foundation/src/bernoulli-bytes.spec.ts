import { fileURLToPath } from 'node:url';
import { compileAssemblyScript } from '@rose/testing';
import { expect, it } from 'vitest';

it('holds what the AssemblyScript source compiles to', async () => {
  const compiled = await compileAssemblyScript({
    folder: fileURLToPath(new URL('..', import.meta.url)),
    source: 'assembly/bernoulli.ts',
    room: 'foundation',
    file: 'bernoulli-bytes',
    constant: 'bernoulliBytes',
    what: 'The WebAssembly module of the dropout generator',
  });
  await expect(compiled).toMatchFileSnapshot('./bernoulli-bytes.ts');
});
