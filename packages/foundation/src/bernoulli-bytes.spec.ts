import { expect, it } from 'vitest';
import { compileAssembly } from './testing/compile-assembly.js';

it('holds what the AssemblyScript source compiles to', async () => {
  await expect(await compileAssembly()).toMatchFileSnapshot('./bernoulli-bytes.ts');
});
