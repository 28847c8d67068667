import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { readCachedProjectGraph } from '@nx/devkit';
import published from '@nx/eslint-plugin';

const root = fileURLToPath(new URL('../..', import.meta.url));

let graphIsThere = false;

/**
 * Our rules read Nx's project graph from the cache, and check nothing where there is none or an old one. A task of Nx
 * finds a fresh one; anything else makes it first. Without one this throws, so that no rule is skipped.
 */
function ensureGraph() {
  if (graphIsThere) return;
  if (!('NX_TASK_TARGET_PROJECT' in process.env)) {
    const nxCli = createRequire(import.meta.url).resolve('nx/bin/nx.js');
    execFileSync(process.execPath, [nxCli, 'graph', '--file=.nx/graph.json'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  readCachedProjectGraph();
  graphIsThere = true;
}

/** A rule that is not skipped for want of a project graph. */
function withGraph(rule) {
  return {
    ...rule,
    create(context) {
      ensureGraph();
      return rule.create(context);
    },
  };
}

/** Nx's ESLint plugin, whose rules hold under plain `eslint` too. */
export const nx = {
  ...published,
  rules: Object.fromEntries(Object.entries(published.rules).map(([name, rule]) => [name, withGraph(rule)])),
};
