import { fork } from 'node:child_process';
import { ExitCode } from './exit-code.js';
import type { ProgressEvent } from '@rose/experiments';

export interface ChildRunOptions {
  readonly out: string;
  readonly id: string;
  readonly threads: number;
  readonly onProgress: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
}

export interface ChildRunResult {
  readonly exitCode: number;
  /** What the process wrote to its error stream, for a death that left no record. */
  readonly stderr: string;
}

/** Does one run in a process of its own, so that a crash or a lack of memory takes no other run with it. */
export function runInChild({ out, id, threads, onProgress, signal }: ChildRunOptions): Promise<ChildRunResult> {
  return new Promise((resolve, reject) => {
    const main = process.argv[1] as string;
    const child = fork(main, ['run', `--out=${out}`, `--id=${id}`, `--threads=${threads}`], {
      execArgv: process.execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let stderr = '';
    const stop = () => child.kill('SIGTERM');
    child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)));
    child.on('message', (event) => onProgress(event as ProgressEvent));
    child.on('error', reject);
    child.on('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      const exitCode = code ?? (signal.aborted ? ExitCode.Interrupted : ExitCode.Failed);
      resolve({ exitCode, stderr: killedBy ? `${stderr}\nkilled by ${killedBy}` : stderr });
    });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
}
