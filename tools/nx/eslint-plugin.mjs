import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import published from '@nx/eslint-plugin';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const rule = published.rules['enforce-module-boundaries'];

let graphIsFresh = 'NX_TASK_TARGET_PROJECT' in process.env;

/** The rule reads Nx's project graph from the cache, and checks nothing where there is none or an old one. */
function makeGraph() {
  const nxCli = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  execFileSync(process.execPath, [nxCli, 'graph', '--file=.nx/graph.json'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  graphIsFresh = true;
}

/** `@nx/enforce-module-boundaries` with a project graph of its own making, so that it holds under plain `eslint` too. */
export const nx = {
  ...published,
  rules: {
    ...published.rules,
    'enforce-module-boundaries': {
      ...rule,
      create(context) {
        if (!graphIsFresh) makeGraph();
        return rule.create(context);
      },
    },
  },
};
