// Adds up the results of several runs: `node .ci/counts.mjs .bahi/test.json .bahi/test-long.json`.
// A test that one run leaves to the other counts by the run that ran it.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const RANK = { failed: 2, passed: 1 };
const results = new Map();
for (const path of process.argv.slice(2))
  for (const { name, assertionResults, status } of JSON.parse(readFileSync(path, 'utf8')).testResults) {
    const file = relative('.', name);
    // A file that cannot be loaded has no tests.
    if (assertionResults.length === 0 && status === 'failed') results.set(file, 2);
    const seen = new Map();
    for (const { fullName, status: result } of assertionResults) {
      const nth = (seen.get(fullName) ?? 0) + 1;
      seen.set(fullName, nth);
      const test = `${file} ${fullName} ${nth}`;
      results.set(test, Math.max(results.get(test) ?? 0, RANK[result] ?? 0));
    }
  }
const count = (rank) => [...results.values()].filter((one) => one === rank).length;
console.log(`${count(1)} passed, ${count(2)} failed, ${count(0)} skipped`);
