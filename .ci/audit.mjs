// Fails on a known high or critical fault of a production dependency. Offline it only says so.
import { spawnSync } from 'node:child_process';

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 120_000 });
const parse = () => {
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
};
const found = parse().metadata?.vulnerabilities;
if (!found) console.log('npm audit: the registry gave no answer, so no dependency was audited.');
else {
  console.log(`npm audit: ${JSON.stringify(found)}`);
  if (found.high + found.critical > 0) {
    console.error('Run npm audit --omit=dev, and update or replace what it names.');
    process.exitCode = 1;
  }
}
