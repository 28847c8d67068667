import { fileURLToPath } from 'node:url';
import { compileAssemblyScript } from '@rose/testing';
import { expect, it } from 'vitest';

it('holds what the AssemblyScript source compiles to', async () => {
  const compiled = await compileAssemblyScript({
    folder: fileURLToPath(new URL('../..', import.meta.url)),
    source: 'assembly/optimizer.ts',
    room: 'fine-tuning',
    file: 'kernel-bytes',
    constant: 'kernelBytes',
    what: 'The WebAssembly module of the optimizer',
  });
  await expect(compiled).toMatchFileSnapshot('./kernel-bytes.ts');
});
