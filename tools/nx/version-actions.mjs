import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import npm from '@nx/js/src/release/version-actions.js';

/** How `nx release` gives our packages a new version: as Nx does it for npm, and CHANGELOG.md follows. */
export default npm.default;

/** After the versions have been written: what stands under "Unreleased" in CHANGELOG.md becomes the new version's. */
export async function afterAllProjectsVersioned(folder, options) {
  const changed = await npm.afterAllProjectsVersioned(folder, options);
  const { version } = JSON.parse(readFileSync(join(folder, 'packages/foundation/package.json'), 'utf8'));
  const file = join(folder, 'CHANGELOG.md');
  const text = closeUnreleased(readFileSync(file, 'utf8'), version, new Date());
  if (options.dryRun) {
    console.log('CHANGELOG.md: what stands under Unreleased would become the new version.');
    return changed;
  }
  writeFileSync(file, text);
  return { ...changed, changedFiles: [...changed.changedFiles, 'CHANGELOG.md'] };
}

const heading = '## Unreleased\n';

/** A changelog with an empty "Unreleased", and what stood there under the version and its day (in UTC). */
export function closeUnreleased(changelog, version, day) {
  const start = changelog.indexOf(heading);
  const [changes = ''] = start < 0 ? [] : changelog.slice(start + heading.length).split(/^## /m);
  if (changes.trim() === '')
    throw new Error('CHANGELOG.md has nothing under "## Unreleased". Say there what has changed.');
  const title = `## ${version} - ${day.toISOString().slice(0, 10)}\n`;
  return changelog.replace(heading, () => `${heading}\n${title}`);
}
