import { availableParallelism } from 'node:os';
import { runPlanned, standardCatalogue } from '@rose/experiments';
import { exitCodeOf } from './exit-code.js';
import { THREADS, defineCommand } from './command.js';
import { tellNotes } from './experiment-options.js';

export const runCommand = defineCommand({
  name: 'run',
  description: 'Do one run of a plan that a sweep has written, in this process',
  options: {
    out: { type: 'string', demandOption: true, describe: 'Folder of the results, with plan.json' },
    id: { type: 'string', demandOption: true, describe: 'Id of the run' },
    threads: {
      type: 'number',
      numbers: THREADS,
      default: availableParallelism(),
      describe: 'Threads of the engine',
    },
  },
  async run({ out, id, threads }) {
    const controller = new AbortController();
    // The last: the sweep's process went away. Save and stop rather than train on for nobody.
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(event, () => controller.abort());
    const state = await runPlanned({
      out,
      id,
      threads,
      catalogue: standardCatalogue(),
      signal: controller.signal,
      onProgress: (event) => void process.send?.(event),
      // Below a sweep, the sweep has said it.
      ...(!process.send && { onNotes: (notes) => tellNotes({ notes }) }),
    });
    if (!process.send) process.stdout.write(`${id}: ${state === 'done' ? 'done' : 'not done, see run.json'}\n`);
    // One that says it is running has not come to its end.
    return exitCodeOf(state === 'running' ? 'failed' : state);
  },
});
