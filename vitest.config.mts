import { defineConfig } from 'vitest/config';
import { PlainSummaryReporter } from './tools/vitest/plain-summary-reporter.js';

export default defineConfig({
  test: {
    // tools/packaging is not here: it needs a build, and the npm registry or its cache.
    projects: ['{packages,apps}/*/vitest.config.mts', 'tools/vitest.config.mts', 'tools/same-bits/vitest.config.mts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', new PlainSummaryReporter()],
  },
});
