import { defineConfig, mergeConfig } from 'vitest/config';
import { PlainSummaryReporter } from '../vitest/plain-summary-reporter.js';
import { roomConfig } from '../vitest/room-config.mjs';

// Not part of `npm test`: it needs what `nx run-many -t build` leaves, and the npm registry or its cache.
export default mergeConfig(
  roomConfig(import.meta.dirname, '*.spec.ts'),
  defineConfig({ test: { reporters: ['default', new PlainSummaryReporter()] } }),
);
