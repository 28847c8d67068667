import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256, sha256OfFile } from '@rose/foundation';
import { temporaryFile, temporaryFolder } from '@rose/testing';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dataFolder } from './sources/data-folder.js';
import { tasks } from './tasks/tasks.js';
import { hasRealData, ifRealData } from './testing/real-data.js';

const tool = fileURLToPath(new URL('../../../tools/fetch-data.mjs', import.meta.url));

interface Listed {
  readonly path: string;
  readonly url?: string;
  readonly size?: number | undefined;
  readonly sha256?: string | undefined;
}

interface Source {
  readonly name: string;
  readonly title: string;
  readonly licence: string;
  readonly base: string;
  readonly folder: string;
  readonly files: readonly Listed[];
}

const listed = JSON.parse(readFileSync(join(dirname(tool), 'fetch-data.json'), 'utf8')) as { sources: Source[] };

function fetchData(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [tool, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

/** A server of the running test's own; returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const good = 'sentence\tlabel\nGood.\t1\n';
const file = (path: string, more: Partial<Listed> = {}): Listed => ({
  path,
  size: good.length,
  sha256: sha256(good),
  ...more,
});

describe('fetching data from a server', () => {
  let asked: string[];
  let folder: string;
  let address: string;

  const lists = (...files: Listed[]) =>
    temporaryFile(
      'list.json',
      JSON.stringify({
        sources: [{ name: 'some', title: 'A few files', licence: 'MIT', base: `${address}/v1/`, folder: 'in', files }],
      }),
    );
  const run = (list: string, ...more: string[]) => fetchData([`--list=${list}`, `--to=${folder}`, ...more]);
  const content = (path: string) => readFileSync(join(folder, 'in', path), 'utf8');

  beforeEach(async () => {
    asked = [];
    folder = await temporaryFolder();
    address = await serve(({ url = '' }, response) => {
      asked.push(url);
      switch (basename(url)) {
        case 'good.tsv':
        case 'more.tsv':
          return void response.end(good);
        case 'moved.tsv':
          return void response.writeHead(302, { location: '/elsewhere/good.tsv' }).end();
        case 'other.tsv':
          return void response.end(good.replace('Good', 'Fine'));
        case 'short.tsv':
          return void response.end(good.slice(0, 9));
        case 'cut.tsv':
          response.writeHead(200, { 'content-length': good.length });
          return void response.write(good.slice(0, 9), () => response.destroy());
        case 'stuck.tsv':
          return void response.write(good.slice(0, 9));
        default:
          return void response.writeHead(404).end('no such file');
      }
    });
  });

  it('puts files where the list says, and leaves alone what is there and right', async () => {
    const list = await lists(file('a/good.tsv'), file('moved.tsv'), { path: 'more.tsv', url: 'b/more.tsv' });
    expect(await run(list)).toMatchObject({ code: 0, stderr: '' });
    expect(asked).toEqual(['/v1/a/good.tsv', '/v1/moved.tsv', '/elsewhere/good.tsv', '/v1/b/more.tsv']);
    for (const path of ['a/good.tsv', 'moved.tsv', 'more.tsv']) expect(content(path)).toBe(good);

    const again = await run(list);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('is there  in/a/good.tsv');
    expect(asked).toHaveLength(4);
  });

  it('replaces a file that is there and wrong', async () => {
    const list = await lists(file('good.tsv'));
    await run(list);
    writeFileSync(join(folder, 'in/good.tsv'), good.replace('Good', 'Evil'));
    const { code, stdout } = await run(list);
    expect({ code, asked: asked.length }).toEqual({ code: 0, asked: 2 });
    expect(stdout).toContain('replacing in/good.tsv');
    expect(content('good.tsv')).toBe(good);
  });

  it.each([
    ['missing.tsv', {}, '404 Not Found'],
    ['other.tsv', {}, `instead of ${sha256(good)}`],
    ['short.tsv', {}, `it has 9 bytes instead of ${good.length}`],
    ['cut.tsv', {}, 'terminated'],
    ['cut.tsv', { size: undefined, sha256: undefined }, 'terminated'],
  ])('%s %j: leaves nothing of a file that does not arrive right, and fetches the others', async (path, more, why) => {
    const { code, stderr } = await run(await lists({ ...file(path), ...more }, file('good.tsv')));
    expect(code).toBe(1);
    expect(stderr).toContain(`failed    in/${path}: `);
    expect(stderr).toContain(why);
    expect(stderr).toContain(`${address}/v1/${path}`);
    expect(stderr).toContain('1 of 2 files could not be fetched');
    expect(readdirSync(join(folder, 'in'))).toEqual(['good.tsv']);
  });

  it('gives up on a file of which nothing more comes', async () => {
    const { code, stderr } = await run(await lists(file('stuck.tsv')), '--timeout=0.5');
    expect(code).toBe(1);
    expect(stderr).toContain('failed    in/stuck.tsv: nothing came for 0.5 s');
    expect(existsSync(join(folder, 'in')) ? readdirSync(join(folder, 'in')) : []).toEqual([]);
  });

  it('fetches only what it is asked for', async () => {
    const list = await lists(file('a/good.tsv'), file('b/good.tsv'), file('ab/good.tsv'));
    expect((await run(list, '--only=some/a,some/b/good.tsv')).code).toBe(0);
    expect(asked).toEqual(['/v1/a/good.tsv', '/v1/b/good.tsv']);
    expect((await run(list, '--only=some')).code).toBe(0);
    expect(asked).toHaveLength(3);
  });

  it('asks another hub where HF_ENDPOINT names one', async () => {
    const { code, stderr } = await fetchData([`--to=${folder}`, '--only=glue/rte'], { HF_ENDPOINT: `${address}/hf/` });
    expect(code).toBe(1);
    expect(stderr).toContain('404 Not Found');
    expect(asked).toEqual([
      expect.stringMatching(/^\/hf\/datasets\/nyu-mll\/glue\/resolve\/\w{40}\/rte\/train-00000-of-00001\.parquet$/),
      expect.stringMatching(/\/rte\/validation-00000-of-00001\.parquet$/),
    ]);
  });

  it.each([
    [['--only=none'], "there is no 'none'"],
    [['--onyl=some'], '--onyl'],
    [['--timeout=soon'], 'soon'],
    [['--list=/no/such/list.json'], '/no/such/list.json'],
  ])('ends with 2 for %j', async (args, why) => {
    const { code, stderr } = await fetchData([`--list=${await lists(file('good.tsv'))}`, `--to=${folder}`, ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('    at ');
    expect(asked).toEqual([]);
  });

  it('tells the licence of everything', async () => {
    const { code, stdout } = await fetchData(['--help']);
    expect(code).toBe(0);
    for (const { name, licence } of listed.sources) {
      expect(stdout).toContain(`  ${name}, `);
      expect(stdout).toContain(licence);
    }
  });
});

describe('the list of what is fetched', () => {
  const places = new Map(
    listed.sources.flatMap(({ folder, files }) => files.map((entry) => [`${folder}/${entry.path}`, entry] as const)),
  );

  it('puts the files of every task where the folder source looks for them', () => {
    for (const { name, splits } of tasks.values()) {
      for (const split of Object.values(splits)) {
        expect([...places.keys()]).toContain(`hub/datasets/nyu-mll/glue/${name}/${split}-00000-of-00001.parquet`);
      }
    }
    for (const path of ['advglue/dev_ann.json', 'advglue/dev.json', 'counterfit/counterfitted_neighbors.json']) {
      expect([...places.keys()]).toContain(path);
    }
  });

  it('knows size and SHA-256 of every file, and asks for a fixed version of it', () => {
    for (const { base, files } of listed.sources) {
      for (const entry of files) {
        expect(entry).toMatchObject({
          size: expect.any(Number) as number,
          sha256: expect.stringMatching(/^\w{64}$/) as string,
        });
        expect(new URL(entry.url ?? entry.path, base).href).toMatch(/^https:\/\/[^?#]+\/[0-9a-f]{40}\//);
      }
    }
  });

  it.skipIf(!hasRealData)(`agrees with the files that are here${ifRealData}`, async () => {
    let compared = 0;
    for (const [path, { size, sha256: expected }] of places) {
      const here = join(dataFolder(), path);
      if (!existsSync(here)) continue;
      compared++;
      expect([path, statSync(here).size, await sha256OfFile(here)]).toEqual([path, size, expected]);
    }
    expect(compared).toBeGreaterThan(10);
  });
});
