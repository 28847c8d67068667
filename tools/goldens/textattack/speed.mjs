/**
 * Our side of the clock: attacks the rows of each request with TextFooler through `runAttack`, all resources and the victim
 * loaded once. {"rows": [{"id", "texts", "label"}]} → {"seconds", "success", "failed", "skipped", "queries"}.
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
const recipe = textFooler({
  synonyms: await loadCounterFittedNeighbours(neighbours),
  partOfSpeech: await loadWinkTagger(),
  sentenceEncoder: await loadUseLiteSentenceEncoder(),
});

for await (const line of createInterface({ input: process.stdin })) {
  const { rows } = JSON.parse(line);
  const began = performance.now();
  const outcomes = [];
  for await (const outcome of runAttack({ recipe, victim, examples: rows, seed: 1, concurrency: 32 })) {
    outcomes.push(outcome);
  }
  const seconds = (performance.now() - began) / 1000;
  const count = (status) => outcomes.filter((outcome) => outcome.status === status).length;
  const queries = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'skipped' ? 0 : outcome.queries), 0);
  const answer = { seconds, success: count('success'), failed: count('failed'), skipped: count('skipped'), queries };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit(0);
