// Whether the code gives the numbers that another commit gives, on this machine: for what recorded.json cannot hold, because
// it depends on the machine, as all results of ONNX Runtime do.
//   npx tsx tools/same-bits/compare-with.ts REF [options of rose sweep]    runs the sweep in a clone of REF, and here
//   npx tsx tools/same-bits/compare-with.ts --folders A B                  compares two folders of results that are there
// Ends with 0 when all is the same, 1 when something differs, 2 when asked for what makes no sense.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { differences } from './differences.js';
import { here, rose } from './rose.js';
import { type SweepBits, machineOf, sweepBits } from './sweep-bits.js';

const [first, ...rest] = process.argv.slice(2);
const [before, now] = rest;

if (first === '--folders' && before && now && rest.length === 2) {
  process.exitCode = compare(before, now);
} else if (first && !first.startsWith('-')) {
  process.exitCode = await compareWithCommit(first, rest);
} else {
  console.error('Give a commit, and options of rose sweep; or --folders and two folders of results.');
  process.exitCode = 2;
}

/** Leaves the results in a temporary folder where they differ, to be looked at. */
async function compareWithCommit(ref: string, options: readonly string[]): Promise<number> {
  const commit = commitOf(ref);
  if (!commit) {
    console.error(`git knows no commit '${ref}' here.`);
    return 2;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'compare-with-'));
  const inFolder = (name: string) => path.join(folder, name);
  const [clone, there, ours] = [inFolder('clone'), inFolder('there'), inFolder('here')];
  console.log(`${ref} is ${commit}; working in ${folder}`);
  git('clone', '--quiet', '--shared', '--no-checkout', here, clone);
  git('-C', clone, 'checkout', '--quiet', '--detach', commit);
  execFileSync('npm', ['ci', '--prefer-offline', '--loglevel=error'], { cwd: clone, stdio: 'inherit' });
  console.log('The sweep there …');
  await rose(['sweep', ...options, `--out=${there}`], clone);
  console.log('The sweep here …');
  await rose(['sweep', ...options, `--out=${ours}`]);
  const code = compare(there, ours);
  rmSync(code === 0 ? folder : clone, { recursive: true });
  return code;
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: here, encoding: 'utf8' }).trim();
}

function commitOf(ref: string): string | undefined {
  try {
    return git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
  } catch {
    return undefined;
  }
}

/** Prints what is compared and what differs. */
function compare(before: string, now: string): number {
  const bits = sweepBits(before);
  const found = differences(bits, sweepBits(now));
  for (const line of found) console.log(line);
  if (found.length === 0) console.log(`The same: ${described(bits)}.`);
  else {
    console.log(`${found.length} differences between ${before} and ${now}.`);
    const machines = differences(machineOf(before), machineOf(now));
    if (machines.length > 0) console.log(`They were made on different machines:\n${machines.join('\n')}`);
  }
  return found.length === 0 ? 0 : 1;
}

function described({ runs, scores }: SweepBits): string {
  const begun = Object.values(runs).filter((run) => run !== null);
  const logs = begun.filter(({ trainLog }) => trainLog !== null);
  const weights = begun.filter((run) => run.weights !== null);
  const suites = begun.flatMap((run) => Object.values(run.suites).filter((suite) => suite !== null));
  return [
    `hashes of ${begun.length} runs`,
    `${weights.length} checkpoints`,
    `${logs.length} training logs`,
    `${suites.length} files of suites`,
    `${scores.length - 1} scores`,
  ].join(', ');
}
