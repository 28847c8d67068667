#!/usr/bin/env node
/* global AbortController, fetch */
// Fetches the data that experiments on real data read, into the data folder. Needs Node and a network, nothing else.
// What it fetches stands in fetch-data.json, with sizes and SHA-256. `--help` says the rest.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { clearTimeout, setTimeout } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const hub = 'https://huggingface.co/';

const options = {
  only: { type: 'string' },
  to: { type: 'string', default: process.env.ROSE_DATA || 'data' },
  list: { type: 'string', default: fileURLToPath(new URL('fetch-data.json', import.meta.url)) },
  timeout: { type: 'string', default: '60' },
  help: { type: 'boolean', default: false },
};

const helpOf = (sources) => `Fetches real data into the data folder, checks it, and keeps what is there and right.

  node tools/fetch-data.mjs [--only=glue,advglue,counterfit] [--to=DIR]

  --only=NAMES       what to fetch, all by default; a task or file of it as glue/sst2
  --to=DIR           the data folder; default ROSE_DATA, else data/ in the working directory
  --timeout=SECONDS  give up on a file after so long without a byte; default 60
  --list=FILE        fetch what another list says, in the form of tools/fetch-data.json

HF_ENDPOINT names another address of the Hugging Face hub, such as a mirror.
Exit codes: 0 all is there; 1 something could not be fetched; 2 the request makes no sense.

What is fetched, and under which licence:
${sources.map((source) => `  ${source.name}, ${megabytes(source.files)}: ${source.title}.\n    ${source.licence}`).join('\n')}
`;

const megabytes = (files) => `${(files.reduce((sum, { size = 0 }) => sum + size, 0) / 1e6).toFixed(1)} MB`;

class UsageError extends Error {}

/** All files of a list: where each comes from, where it goes, and what it has to be. */
function filesOf(sources, folder) {
  const endpoint = `${(process.env.HF_ENDPOINT || hub).replace(/\/+$/, '')}/`;
  return sources.flatMap((source) => {
    const base = source.base.startsWith(hub) ? endpoint + source.base.slice(hub.length) : source.base;
    return source.files.map(({ path: name, url = name, size, sha256 }) => ({
      id: `${source.name}/${name}`,
      url: new URL(url, base).href,
      target: path.join(folder, source.folder, name),
      size,
      sha256,
    }));
  });
}

/** The files that --only names: a source, or a folder or file of one. */
function chosenOf(files, only, sources) {
  if (only === undefined) return files;
  const parts = only.split(',').map((part) => part.trim().replace(/\/$/, ''));
  const isIn = (part) => (file) => file.id === part || file.id.startsWith(`${part}/`);
  const unknown = parts.find((part) => !files.some(isIn(part)));
  if (unknown !== undefined) {
    const names = sources.map(({ name }) => name).join(', ');
    throw new UsageError(
      `--only: there is no '${unknown}'. Known: ${names}, and parts of them such as ${files[0].id}.`,
    );
  }
  return files.filter((file) => parts.some((part) => isIn(part)(file)));
}

/** What is wrong with a file that is there; undefined where nothing is. */
async function faultOf(file, { size, sha256 }) {
  const bytes = (await stat(file)).size;
  if (size !== undefined && bytes !== size) return `it has ${bytes} bytes instead of ${size}`;
  if (sha256 === undefined) return undefined;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  return found === sha256 ? undefined : `its SHA-256 is ${found} instead of ${sha256}`;
}

/** Downloads beside the target and renames, so that under its own name a file is always whole and right. */
async function download({ url, target, ...wanted }, seconds) {
  const part = `${target}.part`;
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(new Error(`nothing came for ${seconds} s`)), 1000 * seconds);
  const awake = async function* (chunks) {
    for await (const chunk of chunks) {
      timer.refresh();
      yield chunk;
    }
  };
  try {
    const response = await fetch(url, { signal: control.signal });
    if (!response.ok || !response.body) throw new Error(`the answer is ${response.status} ${response.statusText}`);
    await mkdir(path.dirname(target), { recursive: true });
    await pipeline(Readable.fromWeb(response.body), awake, createWriteStream(part));
    const fault = await faultOf(part, wanted);
    if (fault !== undefined) throw new Error(fault);
    await rename(part, target);
  } finally {
    clearTimeout(timer);
    control.abort();
    await rm(part, { force: true });
  }
}

/** The message of an error, and of what caused it: fetch says no more than `fetch failed` or `terminated` itself. */
const reasonOf = (error) => [error.message, error.cause?.message].filter(Boolean).join(': ');

async function main() {
  const { values } = parseOptions();
  const { sources } = JSON.parse(await readFile(values.list, 'utf8'));
  if (values.help) {
    process.stdout.write(helpOf(sources));
    return 0;
  }
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new UsageError(`--timeout: ${values.timeout} is no number of seconds.`);
  const folder = path.resolve(values.to);
  const files = chosenOf(filesOf(sources, folder), values.only, sources);
  let failures = 0;
  for (const file of files) {
    const name = path.relative(folder, file.target);
    const fault = existsSync(file.target) ? await faultOf(file.target, file) : 'missing';
    if (fault === undefined) {
      console.log(`is there  ${name}`);
      continue;
    }
    if (fault !== 'missing') console.log(`replacing ${name}: ${fault}`);
    try {
      await download(file, seconds);
      console.log(`fetched   ${name}`);
    } catch (error) {
      failures++;
      console.error(`failed    ${name}: ${reasonOf(error)}\n          ${file.url}`);
    }
  }
  if (failures > 0) {
    console.error(
      `${failures} of ${files.length} files could not be fetched into ${folder}. Run the same command again: the others are kept.`,
    );
    return 1;
  }
  console.log(`${files.length} files are in ${folder}`);
  return 0;
}

function parseOptions() {
  try {
    return parseArgs({ options });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`fetch-data: ${reasonOf(error)}`);
  if (error instanceof UsageError) console.error('  next: node tools/fetch-data.mjs --help');
  process.exitCode = 2;
}
