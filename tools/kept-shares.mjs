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

// A run.json has these shares by parameter name and says no more of a parameter. So the names are taken apart, as Hugging
// Face builds them; a program that has the model goes by its roles instead.
const layerOf = (name) => `layer ${/layer\.(\d+)\./.exec(name)?.[1] ?? '–'}`;
const kindOf = (name) => name.replace(/^.*layer\.\d+\.|\.weight$|attention\.self\.|\.dense/g, '');

const named = records.map((record) => [`${record.run.taskLabel}, ${record.run.variant}`, record]);
for (const [variant, ofVariant] of grouped(named)) {
  const trained = ofVariant.filter(({ training }) => training);
  const kept = trained.flatMap(({ training }) => Object.entries(training.keptShare));
  if (kept.length === 0) continue;
  console.log(`${variant}, ${trained.length} runs`);
  for (const groupOf of [layerOf, kindOf]) console.log(`  ${means(kept, groupOf)}`);
}

function means(kept, groupOf) {
  return [...grouped(kept.map(([name, share]) => [groupOf(name), share]))]
    .map(([group, shares]) => `${group} ${((100 * shares.reduce((a, b) => a + b, 0)) / shares.length).toFixed(0)}`)
    .join(' · ');
}

/** The values of each key, in the order in which they come. */
function grouped(pairs) {
  const groups = new Map();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}
