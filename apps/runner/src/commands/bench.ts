import { findBackend } from '@rose/backends';
import { type Command, findBenchSuite, readLines, serve } from '@rose/bench';
import { checkChoices, describeBenchSuites, splitCommand, startJsonFile } from '@rose/bench/internal';
import { InputError, renamingOptions } from '@rose/foundation';
import { ExitCode } from './exit-code.js';
import { COUNTS, THREADS, defineCommand } from './command.js';
import { namesIn } from './names-in.js';

/** `rose` itself, as it was started, as the measured program. */
const ownCommand = (backend: string): Command => [
  process.execPath,
  ...process.execArgv,
  process.argv[1] as string,
  'bench',
  `--backend=${backend}`,
  '--serve',
];

const writerOf = (option: string, file: string | undefined) =>
  file === undefined ? undefined : renamingOptions({ file: option }, () => startJsonFile(file));

export const benchCommand = defineCommand({
  name: 'bench',
  description: 'Measure training and inference on this machine, also beside another program',
  options: {
    suite: { type: 'string', default: 'engine', describe: `What to measure: ${describeBenchSuites()}` },
    quick: { type: 'boolean', default: false, describe: 'A few points and repeats, for a first look' },
    models: { type: 'string', describe: 'Of minilm, roberta-base, tiny; separated by commas' },
    benches: { type: 'string', describe: 'Of train, inference, compile; separated by commas' },
    points: { type: 'string', describe: 'Rows × tokens of a batch in place of the usual: 32x32,32x128' },
    variants: { type: 'string', describe: 'Suite methods: which variants, separated by commas' },
    fusions: { type: 'string', describe: 'Suite fusions: which to do without, separated by commas' },
    repeats: { type: 'number', numbers: COUNTS, describe: 'Timed repeats of each point; default 9, with --quick 3' },
    threads: { type: 'number', numbers: THREADS, default: 2, describe: 'Threads of each program' },
    backend: { type: 'string', default: 'ort', describe: 'Where our side computes; see rose list backends' },
    json: { type: 'string', describe: 'File to write with a line for each of our measurements' },
    with: { type: 'string', describe: 'A program to measure in turns with ours: "python3 tools/bench/pytorch.py"' },
    'with-json': { type: 'string', describe: 'File to write with a line for each measurement of --with' },
    against: { type: 'string', describe: "File with another program's measurements to compare ours to" },
    serve: { type: 'boolean', default: false, hidden: true, describe: 'Be the measured program: docs/bench.md' },
  },
  async run(args) {
    if (args.serve) {
      const answer = (line: string) => void process.stdout.write(line);
      const served = await serve({ backend: args.backend, input: process.stdin, answer });
      return served ? ExitCode.Done : ExitCode.Failed;
    }
    if (args['with-json'] && !args.with)
      throw new InputError('There is no other program to write of.', { option: 'withJson', hint: 'Give --with.' });
    const suite = findBenchSuite(args.suite);
    const chosen = {
      models: namesIn('models', args.models),
      benches: namesIn('benches', args.benches),
      points: namesIn('points', args.points),
      variants: namesIn('variants', args.variants),
      fusions: namesIn('fusions', args.fusions),
      with: args.with === undefined ? undefined : splitCommand(args.with).concat('--serve'),
      against: args.against === undefined ? undefined : await readLines(args.against),
    };
    checkChoices(suite, chosen);
    findBackend(args.backend);
    const files = {
      ours: await writerOf('json', args.json),
      theirs: await writerOf('withJson', args['with-json']),
    };
    const done = await suite.run({
      quick: args.quick,
      ...chosen,
      repeats: args.repeats ?? (args.quick ? 3 : 9),
      threads: args.threads,
      backend: args.backend,
      ours: ownCommand(args.backend),
      print: (text) => void process.stdout.write(`${text}\n`),
      onLine: async (line, whose) => {
        const write = files[whose];
        if (write) await write(line);
      },
    });
    return done ? ExitCode.Done : ExitCode.Failed;
  },
});
