import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = process.env['ROSE_SHARED_DATA'] ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** Real data beside the repository, which is never copied into it: GLUE in the hub's layout, and AdvGLUE. */
export const sharedData = { hub: `${root}/hub`, advGlue: `${root}/advglue`, isThere: existsSync(root) };

/** To be put at the end of a suite's name, so that a skipped one says why. */
export const ifShared = sharedData.isThere ? '' : ` (skipped: no data at ${root}; set ROSE_SHARED_DATA)`;
