import { defineConfig } from 'vitest/config';
import { PlainSummaryReporter } from './tools/vitest/plain-summary-reporter.js';

export default defineConfig({
  test: {
    projects: ['packages/*/vitest.config.mts', 'apps/*/vitest.config.mts', 'tools/same-bits/vitest.config.mts'],
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', new PlainSummaryReporter()],
  },
});
