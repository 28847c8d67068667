import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../cli.js';
import { ExitCode } from './exit-code.js';

const tinyBert = fileURLToPath(
  new URL('../../../../packages/encoders/src/testing/fixtures/tiny-bert', import.meta.url),
);

let [said, complained] = ['', ''];
/** A file, and a victim that answers. */
let [file, victim, folder] = ['', '', ''];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rose-'));
  file = path.join(folder, 'a-file');
  await writeFile(file, 'text\n');
  victim = path.join(folder, 'victim.mjs');
  await writeFile(victim, 'export const probabilities = async (inputs) => inputs.map(() => [0.5, 0.5]);');
  const plans = { planless: {}, planned: { schema: 1, name: 'p', experiment: {}, runs: [] } };
  for (const [name, plan] of Object.entries(plans)) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'plan.json'), JSON.stringify(plan));
  }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((complained += String(text))));
  return async () => {
    vi.restoreAllMocks();
    await rm(folder, { recursive: true });
  };
});

beforeEach(() => {
  [said, complained] = ['', ''];
  vi.stubEnv('ROSE_DATA', '/nowhere/data');
  return () => vi.unstubAllEnvs();
});

/** A word for each, where blanks are part of one between quotes; FILE, VICTIM and FOLDER stand for what is there. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) =>
    word
      .replace(/'/g, '')
      .replace('FILE', file)
      .replace('VICTIM', victim)
      .replace('FOLDER', folder)
      .replace('PLANLESS', path.join(folder, 'planless'))
      .replace('PLANNED', path.join(folder, 'planned'))
      .replace('TINY', tinyBert),
  );

/** Message, place and next step; what stands in the table is what a user reads, or the start of it. */
type Refusal = readonly [line: string, message: string, where: string | undefined, next: string];

async function expectRefusal(line: string, message: string, where: string | undefined, next: string) {
  expect(await runCli(wordsOf(line))).toBe(ExitCode.Usage);
  const lines = complained.trimEnd().split('\n');
  expect(lines[0]).toContain('rose: ');
  expect(lines[0]).toContain(message);
  const place = lines.find((text) => text.startsWith('  where: '));
  if (where === undefined) expect(place).toBeUndefined();
  else expect(place).toContain(where);
  expect(lines.at(-1)).toMatch(/^ {2}next: {2}\S/);
  expect(lines.at(-1)).toContain(next);
  expect(lines).toHaveLength(where === undefined ? 2 : 3);
  expect(said).toBe('');
}

describe('a request that makes no sense ends with 2, and one message says what, where and what next', () => {
  it.each<Refusal>([
    ['', 'Which command?', undefined, 'rose --help'],
    ['sweeep', "no command 'sweeep'", undefined, "'rose sweep'"],
    ['sweep extra', "no use for 'extra'", undefined, 'rose sweep --help'],
    ['sweep --experment=x', 'no option --experment', undefined, '--experiment?'],
    ['sweep --version', 'no option --version', undefined, 'rose sweep --help'],
    ['sweep -x', 'no option -x', undefined, 'rose sweep --help'],
    ['sweep --no-out', 'no option --no-out', undefined, 'Give it a value: Folder of the results'],
    ['sweep --plan=maybe', "--plan is 'maybe'", undefined, '--plan or --no-plan'],
    ['sweep --plan --force=1', "--force is '1'", undefined, '--force or --no-force'],
    ['sweep --jobs=1 --jobs=2', '--jobs was given 2 times', undefined, 'once'],
    ['sweep --out', '--out has no value', undefined, 'Give it a value'],
    ['sweep --out=', '--out is empty', undefined, 'Give it a value'],
    ["sweep --only=' '", '--only is empty', undefined, '* stands for anything'],
    ['sweep --set', '--set has no value', undefined, 'KEY=VALUE'],
    ['sweep --set=', '--set has no value', undefined, 'KEY=VALUE'],
    ['report', '--out is missing', undefined, 'plan.json'],
    ['run --out=x', '--id is missing', undefined, 'Id of the run'],
    ['attack', '--victim is missing', undefined, 'module (./mine.mjs)'],
    ['list', 'rose list needs to be told more: <kind>', undefined, 'experiments, methods'],
    ['list foo', "no list 'foo'", '<kind>', 'experiments, methods'],
    ['list experimets', "no list 'experimets'", '<kind>', "'experiments'"],
    ['list experiments --markdown', 'by their names alone', '--markdown', 'Leave it out.'],
    ['list experiments --no-settings', 'by their names alone', '--settings', 'Leave it out.'],
    ['doctor --backend=otr', "no backend 'otr'", '--backend', "'ort'"],
  ])('rose %s', expectRefusal);

  it.each([
    ...['0', '-1', '0.5', 'two', 'NaN', '1e999', 'Infinity', '9007199254740993'].map((text) => ['sweep --jobs', text]),
    ...['0', '1.5', 'all', '1e999'].map((text) => ['attack --victim=x --examples', text]),
    ...['-1', '1.5', 'abc', '1e30'].map((text) => ['attack --victim=x --seed', text]),
    ...['0', 'NaN'].map((text) => ['attack --victim=x --concurrency', text]),
    ...['0', '2.5'].map((text) => ['attack --victim=x --query-budget', text]),
    ...['-1', 'soon', '1e999'].map((text) => ['attack --victim=x --time-budget', text]),
    ...['0', 'many', '1025'].map((text) => ['attack --victim=x --threads', text]),
    ['run --out=x --id=y --threads', '0'],
    ['bench --threads', '0'],
    ['bench --repeats', '1.5'],
  ])('rose %s=%s: no number that it takes', async (line, text) => {
    const option = wordsOf(line as string).at(-1);
    const message = `${option} is '${text}'.`;
    await expectRefusal(`${line}=${text}`, message, undefined, 'number from');
    complained = '';
    await expectRefusal(`${line} ${text}`, message, undefined, 'number from');
  });

  it.each<Refusal>([
    ['--experiment=quickstrat', "no experiment 'quickstrat'", '--experiment', "'quickstart'"],
    ['--experiment=/nowhere/x.yaml', 'cannot be read', '/nowhere/x.yaml (--experiment)', 'Check the path.'],
    ['--experiment=FILE.yaml', 'cannot be read', '.yaml (--experiment)', 'Check the path.'],
    ['--set=a', "'a' is no setting", '--set', 'KEY=VALUE'],
    ['--set==3', "'=3' is no setting", '--set', 'KEY=VALUE'],
    ['--set=training..epochs=3', 'is no setting', '--set', 'KEY=VALUE'],
    ['--set=training=*x', "'training' is not valid YAML", 'training=*x (--set)', 'KEY=VALUE'],
    ['--set=training.epoch=3', "no setting 'training.epoch'", 'training.epoch=3 (--set)', "'training.epochs'"],
    ["--set='rose={uper: 30}'", "no setting 'rose.uper'", 'rose={uper: 30} (--set)', "'rose.upper'"],
    ['--set=training.epochs.x=3', "no setting 'training.epochs.x'", '(--set)', 'no settings below it'],
    ['--set=training=3', "'training' is 3", 'training=3 (--set)', 'Below it: epochs'],
    ['--set=training=', "'training' is null", '(--set)', 'Below it: epochs'],
    ['--set=training.epochs=1e999', "'training.epochs' is Infinity", '(--set)', 'whole number, > 0; default 10'],
    ['--set=training.learningRate=.nan', "'training.learningRate' is NaN", '(--set)', 'number, > 0'],
    ['--set=seeds=1', "'seeds' is 1; it must be a list", 'seeds=1 (--set)', 'list of'],
    ['--set=seeds=[]', 'must not be empty', '(--set)', 'list of'],
    ['--set=seeds=[1.5]', "'seeds' holds 1.5", '(--set)', 'list of'],
    ['--set=seeds=[1,1]', "'1' stands twice among the seeds", 'seeds=[1,1] (--set)', 'once'],
    ['--set=suites=[dev,dev]', "'dev' stands twice", '(--set)', 'once'],
    ['--set=suites=[textfoler]', "no suite 'textfoler'", '(--set)', "'textfooler'"],
    ['--set=variants=[rose-frist]', "no method 'rose-frist'", '(--set)', "'rose-first'"],
    ['--set=tasks=[sst3]', "no task 'sst3'", '(--set)', "'sst2'"],
    ['--set=tasks=[rte]', 'mini-GLUE has no rte', 'tasks=[rte] (--set)', 'sst2'],
    ['--set=models=[use-light]', '"use-light"', '(--set)', '"use-lite"'],
    ['--set=models=[/nowhere/m]', 'no such model folder', '/nowhere/m (models)', 'config.json'],
    ['--set=models=[FOLDER]', 'not there', 'config.json', 'config.json'],
    ['--set=models=[TINY]', 'reads 40 tokens at most', 'quickstart.yaml:', '40 or less'],
    ['--set=training.maxLength=129', 'reads 128 tokens at most', 'training.maxLength=129 (--set)', '128 or less'],
    ['--set=training.pooling=mean', 'no model has a choice', '(--set)', 'bert'],
    ['--set=backend.name=otr', "no backend 'otr'", 'backend.name=otr (--set)', "'ort'"],
    ['--set=rose.lower=70', 'must be below', 'rose.lower=70 (--set)', '0 … 100'],
    ['--set=rose.klDropout=0', 'a dropout rate of 0', 'rose.klDropout=0 (--set)', 'above 0'],
    ['--set=mixout.p=0.5', "'mixout.p' has no use here", 'mixout.p=0.5 (--set)', 'mixout'],
    ['--set=data.hub=x', "'data.hub' has no use here", 'data.hub=x (--set)', 'data.source: folder'],
    ['--set=data.source=folder', 'no data folder', '/nowhere/data (data.hub)', 'ROSE_DATA'],
    ['--set=attack.synonyms=counter-fitted', 'no data folder', '(attack.counterFitted)', 'ROSE_DATA'],
    ['--set=attack.counterFitted=x', 'synonyms come from WordNet', '(--set)', 'counter-fitted'],
    ['--set=attack.recipes.pwws.maxCandidates=3', "'pwws' is not in use", '(--set)', 'pwws'],
    ['--set=attack.recipes.textfooler.minWordCosine=0.5', 'has no use here', '(--set)', 'Leave it out.'],
    ['--set=suites=[bae]', 'needs a masked language model', '(attack.maskedLanguageModel)', 'ONNX'],
    ['--augment-with=/nowhere', 'cannot be read', '/nowhere (data.augmentWith)', 'journal'],
    ['--augment-with=FILE', 'not the journal of an attack', '(data.augmentWith)', 'another file'],
    ['--augment-with=a --set=data.augmentWith=[b]', 'given twice', '--augment-with=a', 'data.augmentWith'],
    ['--only=nothing', "No run matches 'nothing'", '--only', '* stands for anything'],
    ['--out=FILE', 'A file lies where', 'a-file (--out)', 'Choose another folder.'],
    ['--out=FILE/below/it', 'A file lies where', 'a-file (--out)', 'Choose another folder.'],
  ])('rose sweep --plan %s', (line, ...told) => expectRefusal(`sweep --plan ${line}`, ...told));

  it.each<Refusal>([
    ['--victim=/nowhere/victim', "no victim '/nowhere/victim'", '--victim', 'module (./mine.mjs)'],
    ['--victim=/nowhere/mine.mjs', 'no such module', '/nowhere/mine.mjs (--victim)', 'Check the path.'],
    ['--victim=FOLDER', 'no config.json', 'config.json (--victim)', 'folder of a run'],
    ['--victim=http://', "'http://' is not a URL", '--victim', 'http://host:port/path'],
    ['--victim=TINY', '3 classes, the task 2', '--labels', 'LABEL_0'],
    ['--victim=TINY --labels=NEG,POS', "no label 'NEG'", '--labels', 'LABEL_0'],
    ['--victim=TINY --labels=LABEL_0', '1 labels are named', '--labels', 'LABEL_0'],
    ['--victim=VICTIM --labels=NEG,POS', 'names of labels have no use', '--labels', 'Leave them out.'],
    ['--victim=VICTIM --labels=NEG,', 'between two commas', '--labels=NEG,', 'a,b'],
    ['--victim=VICTIM --recipe=textfoler', "no recipe 'textfoler'", '--recipe', "'textfooler'"],
    ['--victim=VICTIM --task=sst3', "no task 'sst3'", '--task', "'sst2'"],
    ['--victim=VICTIM --task=rte', 'mini-GLUE has no rte', '--task', 'sst2'],
    ['--victim=VICTIM --freeze=sentense', "no column 'sentense'", '--freeze', "'sentence'"],
    ['--victim=VICTIM --freeze=sentence', 'Every column is frozen', '(--freeze)', 'Free one column.'],
    ['--victim=VICTIM --recipe=a2t', 'the victim gives none', '(--victim)', 'gradientNorms'],
    ['--victim=VICTIM --recipe=bae', 'needs a masked language model', 'attack.maskedLanguageModel', 'ONNX'],
    ['--victim=VICTIM --language-model=/nowhere/lm.mjs', 'no such module', '(--language-model)', 'path'],
    ['--victim=VICTIM --language-model=VICTIM', 'no function `perplexities`', '(--language-model)', 'export'],
    ['--victim=VICTIM --out=FILE/x', 'A file lies where', 'a-file (--out)', 'another folder'],
    ['--victim=VICTIM --force --retry-errors', 'begun anew', '--retry-errors', 'one of the two'],
    ['--victim=VICTIM --examples=3 --set=attack.examples=3', 'given already: 3', 'attack.examples=3 (--set)', 'out'],
    ['--victim=VICTIM --set=victim=3', "'victim' is 3", 'victim=3 (--set)', 'Below it:'],
    ['--victim=VICTIM --set=victim.batchSize=0', 'must be at least 1', 'victim.batchSize=0 (--set)', 'whole number'],
    ['--victim=VICTIM --set=victim.retries=3', "no use for the setting 'retries'", 'victim.retries=3', "'http'"],
    ['--victim=TINY --set=victim.dtype=q8', "no use for the setting 'dtype'", 'victim.dtype=q8', "'transformers'"],
    ['--victim=http://127.0.0.1:9/ --set=victim.headers=3', 'names with a value', 'headers=3 (--set)', 'names'],
    ["--victim=http://127.0.0.1:9/ --set='victim.headers={a: 3}'", 'holds 3', '(--set)', 'names'],
    ['--victim=VICTIM --set=data.trainRows=3', 'trains nothing', 'data.trainRows=3 (--set)', 'Leave it out.'],
    ['--victim=VICTIM --set=data.hub=x', 'the data are embedded', '(--set)', 'data.source: folder'],
    ['--victim=VICTIM --set=training.epochs=3', "no setting 'training'", '(--set)', 'data, attack, backend, victim'],
    ['--victim=VICTIM --set=backend.name=otr --set=attack.similarity=use-lite', "'otr'", '(--set)', "'ort'"],
    ['--victim=VICTIM --set=backend.name=ort', 'nothing is computed on it', '(--set)', 'use-lite'],
    ['--victim=VICTIM --recipe=pwws --set=attack.recipes.pwws.maxNames=2', 'has no use here', '(--set)', 'out'],
    ['--victim=VICTIM --recipe=pwws --set=attack.synonyms=counter-fitted', 'no data folder', '/nowhere/data', 'ROSE'],
    [
      '--victim=VICTIM --recipe=pwws --set=attack.synonyms=counter-fitted --set=attack.counterFitted=FILE',
      'not a word with its vector',
      '(attack.counterFitted)',
      'a word and its numbers',
    ],
  ])('rose attack %s', async (line, ...told) => {
    const asked = line.includes('similarity') ? line : `${line} --set=attack.similarity=none`;
    const defaults = ['--recipe=deepwordbug', '--threads=1'].filter((word) => !line.includes(word.split('=')[0] ?? ''));
    // The process can start ONNX Runtime's backend once only.
    if (line.includes('TINY')) defaults.push('--set=backend.name=cpu');
    await expectRefusal(`attack ${asked} ${defaults.join(' ')}`, ...told);
  });

  it.each<Refusal>([
    ['--suite=engin', "no suite 'engin'", '--suite', "'engine'"],
    ['--models=bert', "no model 'bert'", '--models', 'minilm'],
    ['--models=tiny,', 'between two commas', '--models=tiny,', 'a,b'],
    ['--benches=trian', "no bench 'trian'", '--benches', "'train'"],
    ['--points=3', "'3' is no point", '--points', '32x128'],
    ['--backend=otr', "no backend 'otr'", '--backend', "'ort'"],
    ['--with-json=x', 'no other program', '--with-json', '--with'],
    ['--json=FILE/x', 'A file lies where', 'a-file (--json)', 'another folder'],
    ['--json=FOLDER', 'cannot be written', '(--json)', 'another file'],
    ['--against=/nowhere', 'cannot be read', '/nowhere (--against)', 'JSON lines'],
    ['--against=FILE', 'no JSON', 'a-file:1 (--against)', 'one measurement'],
    ['--variants=vanilla', "'engine' has no use for 'variants'", '--variants', 'methods'],
    ['--fusions=gelu', "'engine' has no use for 'fusions'", '--fusions', 'fusions'],
    ['--suite=methods --benches=train', "'methods' has no use for 'benches'", '--benches', 'engine'],
    ['--suite=methods --variants=rose-frist', "no method 'rose-frist'", '--variants', "'rose-first'"],
    ['--suite=fusions --fusions=gleu', "no fusion 'gleu'", '--fusions', "'gelu'"],
    ['--suite=fusions --with=x', "'fusions' has no use for 'with'", '--with', 'engine'],
    ['--suite=attack --points=3x3', "'attack' has no use for 'points'", '--points', 'engine, methods, fusions'],
  ])('rose bench %s', (line, ...told) => expectRefusal(`bench ${line}`, ...told));

  it.each<Refusal>([
    ['report --out=PLANLESS', 'not the plan of a sweep', 'plan.json (--out)', 'Run the sweep again'],
    ['run --out=PLANLESS --id=x', 'not the plan of a sweep', 'plan.json (--out)', 'Run the sweep again'],
    ['run --out=PLANNED --id=x', "no run 'x'", '(--id)', 'It has 0 runs'],
    ['report --out=/nowhere', 'no plan here', '/nowhere/plan.json', 'A sweep writes it.'],
    ['report --out=FILE', 'no plan here', 'plan.json', 'A sweep writes it.'],
    ['run --out=/nowhere --id=x', 'no plan here', '/nowhere/plan.json', 'A sweep writes it.'],
    ['yardstick --set=training.epochs=3', 'measures whole tasks', 'training.epochs=3 (--set)', 'Leave it out.'],
    ['yardstick --set=tasks=[sst3]', "no task 'sst3'", 'tasks', "'sst2'"],
  ])('rose %s', expectRefusal);
});
