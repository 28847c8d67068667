import { expect, it } from 'vitest';
import { compileKernels } from '../testing/compile-kernels.js';

it('holds what the AssemblyScript source compiles to', async () => {
  await expect(await compileKernels()).toMatchFileSnapshot('./kernel-bytes.ts');
});
