/** Prints the logits that a folder's classifier gives here, for check_saved.py. `--save TO` saves it there first. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { collate, disposeBatch, loadClassifier, toTensors } from '../index.js';
import * as tf from '@tensorflow/tfjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { save: { type: 'string' } } });
const [folder = ''] = positionals;
await tf.setBackend('cpu');
const { id2label = { 0: '', 1: '' } } = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8')) as {
  id2label?: object;
};
const model = await loadClassifier({ model: folder, classes: Object.keys(id2label).length, seed: 1, maxLength: 16 });
if (values.save !== undefined) await model.saveTo(values.save);
const texts = [
  ['a good film'],
  ['the cat and the dog', 'really bad'],
  ['A very very long and sad film, is it not?'],
  [''],
];
const logits: number[][] = [];
for (const columns of texts) {
  const batch = toTensors(collate([model.tokenizer.encode(columns, 16)], { padId: model.tokenizer.padId }));
  logits.push([...(await tf.tidy(() => model.logits(batch)).data())]);
  disposeBatch(batch);
}
process.stdout.write(`${JSON.stringify({ texts, logits, maxLength: 16 })}\n`);
