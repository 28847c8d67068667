// Prints what the masks of a sweep's runs kept, in percent: the mean over runs and tensors, by layer and by kind of weight.
//   node tools/kept-shares.mjs results/methods-sst2
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [out] = process.argv.slice(2);
if (!out) {
  console.error('Give a folder of results, such as results/methods-sst2.');
  process.exit(2);
}

const runs = path.join(out, 'runs');
const records = readdirSync(runs).map((id) => JSON.parse(readFileSync(path.join(runs, id, 'run.json'), 'utf8')));

const layerOf = (name) => `layer ${/layer\.(\d+)\./.exec(name)?.[1] ?? '–'}`;
const kindOf = (name) => name.replace(/^.*layer\.\d+\.|\.weight$|attention\.self\.|\.dense/g, '');

for (const [task, variant] of distinct(records.map(({ run }) => [run.taskLabel, run.variant]))) {
  const trained = records.filter(({ run, training }) => run.taskLabel === task && run.variant === variant && training);
  const kept = trained.flatMap(({ training }) => Object.entries(training.keptShare));
  if (kept.length === 0) continue;
  console.log(`${task}, ${variant}, ${trained.length} runs`);
  for (const groupOf of [layerOf, kindOf]) console.log(`  ${means(kept, groupOf)}`);
}

function distinct(pairs) {
  return [...new Map(pairs.map((pair) => [pair.join(' '), pair])).values()];
}

function means(kept, groupOf) {
  const groups = new Map();
  for (const [name, share] of kept) groups.set(groupOf(name), [...(groups.get(groupOf(name)) ?? []), share]);
  return [...groups]
    .map(([group, shares]) => `${group} ${((100 * shares.reduce((a, b) => a + b, 0)) / shares.length).toFixed(0)}`)
    .join(' · ');
}
