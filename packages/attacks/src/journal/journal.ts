import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '@rose/foundation';
import type { AttackExample, AttackOutcome } from '../outcome.js';
import { parseOutcome } from './parse-outcome.js';

/** The first line of a journal: all that its outcomes depend on, as plain JSON. Another header is another attack. */
export type JournalHeader = Readonly<Record<string, unknown>>;

export interface JournalOptions {
  readonly file: string;
  readonly header: JournalHeader;
  /** What is to be attacked, in the order in which outcomes will come. */
  readonly examples: readonly AttackExample[];
}

const lineOf = (value: object) => `${JSON.stringify(value)}\n`;

/**
 * The outcomes of an attack as JSON lines: the header, then a line for each example, in their order, written as it ends.
 * Opened again with the same header and examples, it knows what has been done: attack the `remaining` and append. The file
 * is in the end the same as if nothing had happened. A last line that was cut short is dropped and done again.
 */
export class AttackJournal {
  private constructor(
    private readonly handle: FileHandle,
    /** What earlier attempts have left. */
    readonly finished: readonly AttackOutcome[],
    /** What has to be attacked still. */
    readonly remaining: readonly AttackExample[],
  ) {}

  /** @throws InputError, with file and line, for what is broken or belongs to another attack. */
  static async open({ file, header, examples }: JournalOptions): Promise<AttackJournal> {
    const first = lineOf(header);
    const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new InputError('The journal cannot be read.', { where: file, hint: 'Give another --out.', cause: error });
    });
    const whole = content.slice(0, content.lastIndexOf('\n') + 1);
    const [head, ...lines] = whole.split('\n').slice(0, -1);
    if (head === undefined ? !first.startsWith(content) : `${head}\n` !== first) throw foreign(file, head, header);
    if (lines.length > examples.length) {
      throw broken(`${file}:${examples.length + 2}`, `There are outcomes beyond the ${examples.length} examples.`);
    }
    const finished = lines.map((line, i) => parseOutcome(line, examples[i] as AttackExample, `${file}:${i + 2}`));
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'a');
    try {
      await handle.truncate(Buffer.byteLength(whole));
      if (head === undefined) await handle.appendFile(first);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return new AttackJournal(handle, finished, examples.slice(finished.length));
  }

  /** Takes the outcome of the next example; it is the system's once this returns, so that only its crash can lose it. */
  async append(outcome: AttackOutcome): Promise<void> {
    await this.handle.appendFile(lineOf(outcome));
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

/** @throws InputError, with file and line, for what is no journal. */
export async function readJournal(
  file: string,
): Promise<{ header: JournalHeader; outcomes: readonly AttackOutcome[] }> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('The outcomes of an attack cannot be read.', {
      where: file,
      hint: 'Give the outcomes.jsonl that rose attack has written.',
      cause,
    });
  });
  const [head = '', ...lines] = content
    .slice(0, content.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const header = parseHeader(head);
  if (!header) throw broken(`${file}:1`, 'This is no journal of an attack.');
  return { header, outcomes: lines.map((line, i) => parseOutcome(line, undefined, `${file}:${i + 2}`)) };
}

function parseHeader(line: string): JournalHeader | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !('status' in value) ? (value as JournalHeader) : undefined;
  } catch {
    return undefined;
  }
}

const broken = (where: string, message: string) =>
  new InputError(message, { where, hint: 'Give another --out, or --force to begin again.' });

function foreign(file: string, head: string | undefined, header: JournalHeader): InputError {
  const found = head === undefined ? undefined : parseHeader(head);
  if (!found) return broken(`${file}:1`, 'This is no journal of an attack.');
  const path = firstDifference(found, JSON.parse(JSON.stringify(header)));
  return broken(`${file}:1`, `This journal belongs to another attack: ${path ?? 'the order of its header'} differs.`);
}

/** The path of the first value in which two plain values differ, such as `recipe.sources.0.hash`. */
function firstDifference(a: unknown, b: unknown): string | undefined {
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return Object.is(a, b) ? undefined : '';
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const deeper = firstDifference((a as JournalHeader)[key], (b as JournalHeader)[key]);
    if (deeper !== undefined) return deeper === '' ? key : `${key}.${deeper}`;
  }
  return undefined;
}
