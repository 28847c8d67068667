import { fork } from 'node:child_process';
import type { Ending, LaunchOptions, Launched, ProgressEvent } from '@rose/experiments';
import { ExitCode } from './exit-code.js';

/** Does one run of a plan in a process of its own: `rose run`, as this process was started. */
export function launchRun({ out, id, threads, onProgress, signal }: LaunchOptions): Promise<Launched> {
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
      const lastWords = killedBy ? `${stderr}\nkilled by ${killedBy}` : stderr || `exit code ${code ?? 'unknown'}`;
      resolve({ ending: endingOf(code ?? (signal.aborted ? ExitCode.Interrupted : ExitCode.Failed)), lastWords });
    });
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });
}

function endingOf(code: number): Ending {
  if (code === ExitCode.Done) return 'done';
  return code === ExitCode.Interrupted ? 'interrupted' : 'failed';
}
