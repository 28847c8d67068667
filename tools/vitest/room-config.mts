import { basename } from 'node:path';
import { defaultServerConditions } from 'vite';
import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

/** Packages see each other's source, so that no test needs a build. */
const conditions = ['@rose/source', ...defaultServerConditions];

/** What the tests of every room have in common. A room is known by the name of its folder; `tests` is a glob there. */
export function roomConfig(folder: string, tests = 'src/**/*.spec.ts'): UserWorkspaceConfig {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      name: basename(folder),
      root: folder,
      include: [tests],
      environment: 'node',
      // onnxruntime-node cannot be loaded twice in one process, which worker threads would do.
      pool: 'forks',
      maxWorkers: 2,
      testTimeout: 60_000,
      hookTimeout: 60_000,
    },
  });
}
