/**
 * Prints tokens and the logits that a folder's classifier gives here, for check_saved.py. `--save TO` saves it too.
 *
 * node --conditions=@rose/source --import tsx tools/goldens/logits_of.mjs FOLDER --save TO
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { collate, disposeBatch, loadClassifier, toTensors } from '@rose/encoders';
import * as tf from '@tensorflow/tfjs';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { save: { type: 'string' } } });
const [folder = ''] = positionals;
await tf.setBackend('cpu');
const { id2label = { 0: '', 1: '' } } = JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'));
const model = await loadClassifier({ model: folder, classes: Object.keys(id2label).length, seed: 1 });
for (const note of model.notes) process.stderr.write(`${note}\n`);
if (values.save !== undefined) await model.saveTo(values.save);
const examples = [['a good film'], ['A very very long and sad film, is it not?'], ['']];
const rows = [];
for (const texts of examples) {
  const { ids, typeIds } = model.tokenizer.encode(texts, Math.min(model.maxLength, 12));
  const batch = toTensors(collate([{ ids, typeIds }], { padId: model.tokenizer.padId }));
  const logits = await tf.tidy(() => model.logits(batch)).data();
  rows.push({ ids: [...ids], typeIds: [...typeIds], logits: [...logits] });
  disposeBatch(batch);
}
process.stdout.write(`${JSON.stringify(rows)}\n`);
