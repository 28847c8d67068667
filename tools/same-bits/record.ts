// Writes recorded.json anew, from the code as it is, and prints what has changed in it. Only for a change that is meant to
// change numbers; the commit message says why.
//   npx tsx tools/same-bits/record.ts
import { existsSync } from 'node:fs';
import { differences } from './differences.js';
import { measureBits } from './measure-bits.js';
import { readRecorded, recordedFile, writeRecorded } from './recorded.js';

const before = existsSync(recordedFile) ? readRecorded() : undefined;
const started = performance.now();
const bits = await measureBits();
writeRecorded(bits);
const changed = before ? differences(before, bits) : [];
for (const line of changed) console.log(line);
const { sweep, attacks } = bits;
console.log(
  `Recorded ${Object.keys(sweep.runs).length} runs and ${Object.keys(attacks).length} attacks in ${((performance.now() - started) / 1000).toFixed(0)} s; ${before ? `${changed.length} differences from before` : 'for the first time'}.`,
);
