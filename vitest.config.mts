import { readdirSync } from 'node:fs';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { PlainSummaryReporter } from './tools/plain-summary-reporter.js';

/** Packages see each other's source, so that no test needs a build. */
const conditions = ['@rose/source', ...defaultServerConditions];

const rooms = ['packages', 'apps'].flatMap((floor) =>
  readdirSync(floor).map((name) => ({ name, root: `${floor}/${name}`, include: ['src/**/*.spec.ts'] })),
);
const tools = [{ name: 'same-bits', root: 'tools/same-bits', include: ['*.spec.ts'] }];

export default defineConfig({
  test: {
    // onnxruntime-node cannot be loaded twice in one process, which worker threads would do.
    pool: 'forks',
    maxWorkers: 2,
    passWithNoTests: true,
    reporters: ['default', new PlainSummaryReporter()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [...rooms, ...tools].map(({ name, root, include }) => ({
      resolve: { conditions },
      ssr: { resolve: { conditions } },
      test: {
        name,
        root,
        include,
        environment: 'node',
        testTimeout: 60_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
