// A lockfile that was written with packages left out breaks `npm ci` on another platform. This checks that the native
// packages of Linux, macOS and Windows are all there, and that nothing resolves outside the npm registry.
import { readFileSync } from 'node:fs';

const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const paths = Object.keys(packages);

/** For each tool with native packages: one pattern a platform that we promise. */
const platforms = [/linux-x64/, /linux-arm64/, /darwin-x64/, /darwin-arm64/, /win32-x64/];
const native = ['@nx/nx-', '@esbuild/', '@rollup/rollup-'];

const problems = [];
for (const name of native) {
  for (const platform of platforms) {
    if (!paths.some((path) => path.includes(`node_modules/${name}`) && platform.test(path))) {
      problems.push(`no ${name}* package for ${platform.source}`);
    }
  }
}
// Written with omit-lockfile-registry-resolved there is no address at all, which is the registry's.
for (const [path, { resolved, link }] of Object.entries(packages)) {
  if (!link && resolved && !resolved.startsWith('https://registry.npmjs.org/'))
    problems.push(`${path} resolves to ${resolved}`);
}
if (problems.length > 0) {
  console.error(
    `package-lock.json is incomplete:\n  ${problems.join('\n  ')}\nRemove node_modules and package-lock.json and run npm install.`,
  );
  process.exit(1);
}
console.log(`${paths.length} packages, every platform covered`);
