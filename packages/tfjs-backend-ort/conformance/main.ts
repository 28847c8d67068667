import { loadBundle, testFiles } from './bundle.js';
import { EXCLUSIONS } from './exclusions.js';
import { report } from './report.js';
import { judge } from './verdict.js';

// Part of a file's name, to run some only; then patterns of the list can match nothing.
const filter = process.argv[2];
const { runSuites, suites } = await loadBundle(testFiles(filter));
const results = await runSuites(suites);
const verdict = judge(results, EXCLUSIONS);
const stale = filter === undefined ? verdict.stale : [];
console.log(report(results, { ...verdict, stale }));
process.exitCode = verdict.failed.length + stale.length > 0 ? 1 : 0;
