import { type FileHandle, open, readFile } from 'node:fs/promises';
import { InputError, writeAtomically } from '@rose/foundation';
import type { AttackExample, AttackOutcome } from '../text/outcome.js';
import { isOutcomeOf, journalError, parseOutcome } from './parse-outcome.js';

/** The first line of a journal: all that its outcomes depend on, as plain JSON. Another header is another attack. */
export type JournalHeader = Readonly<Record<string, unknown>>;

export interface JournalOptions {
  readonly file: string;
  readonly header: JournalHeader;
  /** What is to be attacked, in the order in which outcomes stand; each id occurs once. */
  readonly examples: readonly AttackExample[];
  /** Outcomes of status `error` are forgotten, so that their examples remain to be attacked; default false. */
  readonly retryErrors?: boolean | undefined;
  /** Whatever is there is replaced, with the first outcome; default false. */
  readonly anew?: boolean | undefined;
}

const lineOf = (value: object) => `${JSON.stringify(value)}\n`;

/** An outcome, where its example stands, and its line as it was written. */
interface Entry {
  readonly position: number;
  readonly outcome: AttackOutcome;
  readonly line: string;
}

/**
 * The outcomes of an attack as JSON lines: the header, then a line for each example, in their order, written as it ends.
 * There is no file before the first outcome, so that an attack that is refused leaves none, and replaces none.
 * Opened again with the same header and examples, it knows what has been done: attack the `remaining` and append. The file
 * is in the end the same as if nothing had happened. A last line that was cut short is dropped and done again.
 *
 * What is retried is appended like everything else, so that nothing is lost when a retry is killed: until `close` puts the
 * lines in order, those of earlier examples may follow those of later ones.
 */
export class AttackJournal {
  /** What earlier attempts have left, in the order of the examples. */
  readonly finished: readonly AttackOutcome[];
  /** What has to be attacked still. */
  readonly remaining: readonly AttackExample[];

  /** Once there has been something to write. */
  private handle: FileHandle | undefined;

  /** @param mended what the file should hold where it was left with a line cut short or out of order */
  private constructor(
    private readonly options: JournalOptions,
    private readonly entries: Entry[],
    private readonly mended?: string,
  ) {
    this.finished = this.outcomes;
    const positions = new Set(entries.map(({ position }) => position));
    this.remaining = options.examples.filter((_, position) => !positions.has(position));
  }

  /** @throws InputError, with file and line, for what is broken or belongs to another attack. */
  static async open(options: JournalOptions): Promise<AttackJournal> {
    const { file, header, examples, retryErrors = false, anew = false } = options;
    if (anew) return new AttackJournal(options, []);
    const content = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw journalError('The journal cannot be read.', { where: file, cause: error });
    });
    const [head, ...lines] = wholeLines(content);
    const first = lineOf(header);
    if (head === undefined ? !first.startsWith(content) : `${head}\n` !== first) throw foreign(file, head, header);
    const found = entriesOf(lines, { file, examples });
    const whole = textOf(header, found);
    const entries = found.filter(({ outcome }) => !(retryErrors && outcome.status === 'error'));
    return new AttackJournal(options, entries, content === '' || content === whole ? undefined : whole);
  }

  /** All outcomes that there are, in the order of the examples. */
  get outcomes(): readonly AttackOutcome[] {
    return inOrder(this.entries).map(({ outcome }) => outcome);
  }

  /** Takes the outcome of the next example; it is the system's once this returns, so that only its crash can lose it. */
  async append(outcome: AttackOutcome): Promise<void> {
    const position = this.options.examples.findIndex(({ id }) => id === outcome.id);
    const line = lineOf(outcome);
    this.handle ??= await this.begin();
    await this.handle.appendFile(line);
    this.entries.push({ position, outcome, line });
  }

  /** The file as it should stand before the next outcome: without a line cut short, and without what is retried. */
  private async begin(): Promise<FileHandle> {
    const { file, header } = this.options;
    await writeAtomically(file, textOf(header, this.entries));
    return open(file, 'a');
  }

  /** Closes the file, with its lines in order. */
  async close(): Promise<void> {
    const { entries, options, mended } = this;
    if (!this.handle) {
      if (mended !== undefined) await writeAtomically(options.file, mended);
      return;
    }
    await this.handle.close();
    const isOrdered = entries.every(({ position }, i) => i === 0 || position > (entries[i - 1] as Entry).position);
    if (!isOrdered) await writeAtomically(options.file, textOf(options.header, entries));
  }
}

const inOrder = (entries: readonly Entry[]) => [...entries].sort((a, b) => a.position - b.position);

const textOf = (header: JournalHeader, entries: readonly Entry[]) =>
  [lineOf(header), ...inOrder(entries).map(({ line }) => line)].join('');

/** The lines of a file, without a last one that was cut short. */
const wholeLines = (content: string) =>
  content
    .slice(0, content.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);

/** What the lines below the header say, each of another example. */
function entriesOf(
  lines: readonly string[],
  { file, examples }: Pick<JournalOptions, 'file' | 'examples'>,
): readonly Entry[] {
  const positions = new Map(examples.map(({ id }, position) => [id, position]));
  const entries = lines.map((line, i): Entry => {
    const where = `${file}:${i + 2}`;
    const outcome = parseOutcome(line, where);
    const position = positions.get(outcome.id) ?? -1;
    const example = examples[position];
    if (!example || !isOutcomeOf(outcome, example)) {
      throw journalError(`The outcome belongs to none of the ${examples.length} examples, or stands here twice.`, {
        where,
      });
    }
    positions.delete(outcome.id);
    return { position, outcome, line: `${line}\n` };
  });
  return inOrder(entries);
}

/** @throws InputError, with file and line, for a file that is not a journal. */
export async function readJournal(
  file: string,
): Promise<{ header: JournalHeader; outcomes: readonly AttackOutcome[] }> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError('The outcomes of an attack cannot be read.', {
      where: file,
      option: 'file',
      hint: 'Give the journal of an attack.',
      cause,
    });
  });
  const [head = '', ...lines] = wholeLines(content);
  const header = parseHeader(head);
  if (!header) throw journalError(NO_JOURNAL, { where: `${file}:1` });
  return { header, outcomes: lines.map((line, i) => parseOutcome(line, `${file}:${i + 2}`)) };
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

const NO_JOURNAL = 'This is not the journal of an attack.';

function foreign(file: string, head: string | undefined, header: JournalHeader): InputError {
  const where = `${file}:1`;
  const found = head === undefined ? undefined : parseHeader(head);
  if (!found) return journalError(NO_JOURNAL, { where });
  const path = firstDifference(found, JSON.parse(JSON.stringify(header)));
  return journalError(`This journal belongs to another attack: ${path ?? 'the order of its header'} differs.`, {
    where,
  });
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
