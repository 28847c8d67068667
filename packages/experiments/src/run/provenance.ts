import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { fileHash } from '@rose/foundation';

/** Where a result comes from: enough to say why two of them differ. */
export interface Provenance {
  readonly git: { readonly commit: string; readonly dirty: boolean } | null;
  readonly lockfile: string | null;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly cores: number;
  readonly host: string;
  readonly backend: string;
  readonly threads: number;
  readonly packages: Readonly<Record<string, string>>;
  readonly argv: readonly string[];
}

const packages = ['@tensorflow/tfjs-core', 'onnxruntime-node'];

export async function collectProvenance({
  backend,
  threads,
}: {
  backend: string;
  threads: number;
}): Promise<Provenance> {
  return {
    git: gitState(),
    lockfile: existsSync('package-lock.json') ? await fileHash('package-lock.json') : null,
    node: process.version,
    platform: `${os.platform()}-${os.arch()} ${os.release()}`,
    cpu: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    host: os.hostname(),
    backend,
    threads,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
    argv: process.argv.slice(2),
  };
}

export function versionOf(name: string): string {
  try {
    const require = createRequire(import.meta.url);
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return 'unknown';
  }
}

function gitState(): Provenance['git'] {
  const git = (...args: string[]) =>
    execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return { commit: git('rev-parse', 'HEAD'), dirty: git('status', '--porcelain') !== '' };
  } catch {
    return null;
  }
}
