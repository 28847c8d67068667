import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Tarball, install, pack, root, runIn } from './consumer.js';
import { readmeExample } from './readme-example.js';
import { manifestOf, publishedPackages, stage } from './stage.mjs';

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly engines: unknown;
  readonly exports: Record<string, string | Record<string, string>>;
  readonly bin?: Record<string, string>;
}

const packages = publishedPackages().map((folder) => ({ folder, manifest: manifestOf(folder) as Manifest }));
const tarballs = new Map<string, Tarball>();
let store: string;
let consumer: string;

beforeAll(() => {
  stage();
  store = mkdtempSync(join(tmpdir(), 'rose-tarballs-'));
  for (const { folder, manifest } of packages) tarballs.set(manifest.name, pack(folder, store));
  consumer = install([...tarballs.values()].map(({ path }) => path));
}, 600_000);

afterAll(() => {
  for (const folder of [store, consumer]) if (folder !== undefined) rmSync(folder, { recursive: true });
});

describe.each(packages.map(({ folder, manifest }) => ({ name: manifest.name, folder, manifest })))(
  'the tarball of $name',
  ({ name, folder, manifest }) => {
    const files = () => tarballs.get(name)?.files ?? [];

    it('holds its manifest, its licence, and the built code with its types', () => {
      expect(files()).toEqual(expect.arrayContaining(['package.json', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']));
    });

    it('holds nothing that only our tests and our compiler need', () => {
      expect(files().filter((file) => /\.spec\.|fixtures|testing|tsbuildinfo|out-tsc|vitest/.test(file))).toEqual([]);
    });

    it('holds every file that its exports and commands name', () => {
      const named = Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      );
      const paths = [...named, ...Object.values(manifest.bin ?? {})].map((path) => path.replace('./', ''));
      expect(paths.filter((path) => !files().includes(path))).toEqual([]);
    });

    it('holds the source that its maps point to', () => {
      const map = files().find((file) => file.endsWith('.js.map')) as string;
      const installed = join(consumer, 'node_modules', name);
      const { sources } = JSON.parse(readFileSync(join(installed, map), 'utf8')) as { sources: string[] };
      expect(sources.filter((source) => !existsSync(join(installed, map, '..', source)))).toEqual([]);
    });

    it('says which Node and which licence', () => {
      const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
      expect(manifest).toMatchObject({ engines: ours.engines, license: ours.license });
    });

    it('can be loaded', () => {
      const load = `await import('${name}');`;
      expect(runIn(consumer, process.execPath, '--input-type=module', '--eval', load)).toMatchObject({
        status: 0,
        stderr: '',
      });
    });

    const readme = join(root, folder, 'README.md');
    if (!existsSync(readme)) {
      it.todo('holds a README, with an example that prints what it says');
      return;
    }

    it('holds its README', () => {
      expect(files()).toContain('README.md');
    });

    const example = readmeExample(readme);
    if (example === undefined) it.todo('has an example in its README, a js block and what it prints as a text block');
    else
      it('prints what its README says', { timeout: 180_000 }, () => {
        const script = join(consumer, 'example.mjs');
        writeFileSync(script, example.code);
        const { status, stdout, stderr } = runIn(consumer, process.execPath, script);
        expect(stdout, stderr).toBe(example.output);
        expect(status).toBe(0);
      });
  },
);

describe('TypeScript in another project', () => {
  it('finds the types of every package and every entry', { timeout: 180_000 }, () => {
    const entries = packages.flatMap(({ manifest }) =>
      Object.entries(manifest.exports)
        .filter(([, target]) => typeof target !== 'string')
        .map(([entry]) => entry.replace('.', manifest.name)),
    );
    const lines = entries.map(
      (entry, index) => `import * as m${index} from '${entry}';\nexport const n${index}: object = m${index};`,
    );
    writeFileSync(join(consumer, 'consumer.ts'), lines.join('\n'));
    const options = {
      target: 'es2022',
      lib: ['es2023'],
      module: 'nodenext',
      moduleResolution: 'nodenext',
      strict: true,
      noEmit: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    };
    writeFileSync(
      join(consumer, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }),
    );
    const { stdout } = runIn(
      consumer,
      process.execPath,
      join(root, 'node_modules/typescript/bin/tsc'),
      '--pretty',
      'false',
    );
    // Libraries are checked as well, so that a type of ours that is not found is seen; what ails others is theirs.
    const ours = stdout.split('\n').filter((line) => line !== '' && !/^(\s|node_modules\/(?!@rose\/))/.test(line));
    expect(ours).toEqual([]);
  });
});

describe('the command in an empty folder', () => {
  it('trains and attacks the quickstart', { timeout: 600_000 }, () => {
    const rose = join(consumer, 'node_modules/.bin/rose');
    const short = [
      '--set=seeds=[1]',
      '--set=variants=[vanilla,rose-ensemble]',
      '--set=data.trainRows=64',
      '--set=training.epochs=1',
      '--set=attack.examples=6',
    ];
    const { status, stdout, stderr } = runIn(consumer, rose, 'sweep', ...short);
    expect(stderr).not.toContain('rose:');
    expect(status).toBe(0);
    expect(stdout).toContain('rose-ensemble');
    const scores = readFileSync(join(consumer, 'results/quickstart/tables/scores.csv'), 'utf8');
    for (const variant of ['vanilla', 'rose-ensemble'])
      for (const suite of ['dev', 'advglue', 'textfooler'])
        expect(scores).toMatch(new RegExp(`${variant},1,${suite},`));
  });
});
