import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { InputError } from '@rose/foundation';
import type { z } from 'zod';
import {
  type Ready,
  type Round,
  type RoundAnswer,
  type Task,
  failureSchema,
  readySchema,
  roundAnswerSchema,
} from './tasks/protocol.js';

/** How a program is started that speaks the protocol: file and arguments. */
export type Command = readonly string[];

/**
 * Splits a command line into words; single or double quotes hold words together.
 * @throws InputError when there is no word
 */
export function splitCommand(line: string): Command {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  if (words.length > 0) return words;
  throw new InputError('No command was given.', { option: 'with', hint: 'Such as "python3 tools/bench/pytorch.py".' });
}

/** A program under measurement: one process, one task. */
export class BenchProgram {
  private readonly answers: AsyncIterator<string>;
  private stderr = '';
  private failure: Error | undefined;
  private readonly ended: Promise<void>;

  private constructor(
    private readonly command: Command,
    private readonly child: ChildProcess,
  ) {
    const { stdin, stdout, stderr } = child;
    if (!stdin || !stdout || !stderr) throw new Error('A measured program needs pipes.');
    this.answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
    stderr.on('data', (chunk: Buffer) => (this.stderr = (this.stderr + chunk.toString()).slice(-2000)));
    // Writing to a program that has died is no second error: its missing answer is reported.
    stdin.on('error', () => undefined);
    child.on('error', (error) => (this.failure = error));
    this.ended = new Promise((resolve) => void child.on('close', () => resolve()));
  }

  /** @returns the program, ready for rounds, and what it says of itself */
  static async start(command: Command, task: Task): Promise<{ program: BenchProgram; ready: Ready }> {
    const [file = '', ...args] = command;
    const program = new BenchProgram(command, spawn(file, args, { stdio: 'pipe' }));
    try {
      return { program, ready: await program.ask(task, readySchema) };
    } catch (error) {
      await program.end();
      throw error;
    }
  }

  round(round: Round): Promise<RoundAnswer> {
    return this.ask(round, roundAnswerSchema);
  }

  /** Ends the process, and says when its memory is free again. */
  async end(): Promise<void> {
    this.child.stdin?.end();
    const impatience = setTimeout(() => this.child.kill(), 10_000);
    await this.ended;
    clearTimeout(impatience);
  }

  private async ask<Answer>(request: Task | Round, schema: z.ZodType<Answer>): Promise<Answer> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    for (;;) {
      const { value: line, done } = await this.answers.next();
      if (done) {
        await this.ended;
        throw this.complaint(this.failure?.message ?? 'It ended without an answer.');
      }
      // Libraries greet on stdout.
      if (!line.startsWith('{')) continue;
      const answer: unknown = JSON.parse(line);
      const failed = failureSchema.safeParse(answer);
      if (failed.success) throw this.complaint(failed.data.error);
      const parsed = schema.safeParse(answer);
      if (!parsed.success) throw this.complaint(`It answered ${line.slice(0, 200)}`);
      return parsed.data;
    }
  }

  private complaint(message: string): InputError {
    return new InputError(`A measured program failed: ${message}`, {
      where: this.command.join(' '),
      hint: lastWords(this.stderr) || 'Give it the lines of docs/bench.md by hand to see more.',
    });
  }
}

/** The last lines of what a program has said, without those of a stack trace. */
const lastWords = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(-MOST_LINES)
    .join('\n');

const MOST_LINES = 4;
