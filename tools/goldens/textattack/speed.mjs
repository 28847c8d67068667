/**
 * Our side of the clock: attacks the rows of each request with TextFooler through `runAttack`, all resources and the victim
 * loaded once. {"rows": [{"id", "texts", "label"}], "encoder": true} → {"seconds", "modelSeconds", "success", "failed", …}.
 *
 * node --conditions=@rose/source --import tsx tools/goldens/textattack/speed.mjs VICTIM_FOLDER NEIGHBOURS
 */
import { createInterface } from 'node:readline';
import { loadCounterFittedNeighbours, loadWinkTagger, runAttack, textFooler } from '@rose/attacks';
import { loadUseLiteSentenceEncoder } from '@rose/encoders';
import { startBackend } from '../../../apps/runner/src/registry/backends.ts';
import { encoderVictim } from '../../../apps/runner/src/victims/encoder-victim.ts';

const [folder, neighbours] = process.argv.slice(2);
await startBackend('ort', 2);
const { victim } = await encoderVictim({ folder, labels: ['negative', 'positive'] });
const resources = { synonyms: await loadCounterFittedNeighbours(neighbours), partOfSpeech: await loadWinkTagger() };
const sentenceEncoder = await loadUseLiteSentenceEncoder();
const withEncoder = textFooler.create({ ...resources, sentenceEncoder });
const without = textFooler.create(resources);

let modelSeconds = 0;
const timed = {
  ...victim,
  async probabilities(inputs) {
    const began = performance.now();
    const rows = await victim.probabilities(inputs);
    modelSeconds += (performance.now() - began) / 1000;
    return rows;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { rows, encoder } = JSON.parse(line);
  const recipe = encoder ? withEncoder : without;
  modelSeconds = 0;
  const began = performance.now();
  const outcomes = [];
  for await (const outcome of runAttack({ recipe, victim: timed, examples: rows, seed: 1, concurrency: 32 })) {
    outcomes.push(outcome);
  }
  const seconds = (performance.now() - began) / 1000;
  const count = (status) => outcomes.filter((outcome) => outcome.status === status).length;
  const queries = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'skipped' ? 0 : outcome.queries), 0);
  const counts = { success: count('success'), failed: count('failed'), skipped: count('skipped'), queries };
  process.stdout.write(`${JSON.stringify({ seconds, modelSeconds, ...counts })}\n`);
}
process.exit(0);
