import { fork } from 'node:child_process';
import type { Examination } from './examine-backend.js';

export interface ChildExamination {
  /** The program of the child, and its arguments; it sends one `Examination`. */
  readonly main: string;
  readonly args: readonly string[];
  readonly execArgv?: readonly string[];
  /** Milliseconds until it is taken to hang. */
  readonly patience: number;
}

/** Has a backend examined in a process of its own: a native library that crashes or hangs takes no other with it. */
export function examineInChild({ main, args, execArgv, patience }: ChildExamination): Promise<Examination> {
  return new Promise((resolve) => {
    const child = fork(main, args, {
      ...(execArgv ? { execArgv: [...execArgv] } : {}),
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: patience,
      killSignal: 'SIGKILL',
    });
    const started = performance.now();
    let [stderr, examination] = ['', undefined as Examination | undefined];
    child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
    child.on('message', (message) => (examination = message as Examination));
    child.on('error', (error) => resolve({ usable: false, findings: `its process did not start: ${error.message}` }));
    child.on('close', (code, signal) => {
      const late = performance.now() - started >= patience;
      // What is sent and then crashes is not usable either: that process would end a run at its last step.
      if (examination && code === 0) return resolve(withLibraries(examination, stderr));
      const end = late ? `no answer within ${patience / 1000} s` : `its process ended by ${signal ?? `code ${code}`}`;
      resolve({ usable: false, findings: [end, stderr.trim()].filter(Boolean).join('\n') });
    });
  });
}

/** What native code could not load it says on the error stream alone. */
function withLibraries({ usable, findings }: Examination, stderr: string): Examination {
  const named = [...stderr.matchAll(/([^\s/]+): cannot open shared object file/g)].map(([, library]) => library);
  if (usable || named.length === 0) return { usable, findings };
  return { usable, findings: `${findings}\nNot found: ${[...new Set(named)].join(', ')}` };
}
