import { stat } from 'node:fs/promises';
import path from 'node:path';
import { adversarialRows, readJournal } from '@rose/attacks';
import { fileHash, InputError, renamingOptions } from '@rose/foundation';
import type { Example, TaskDefinition } from '@rose/glue';

/** Where an attack writes its outcomes, a line an example. */
export const journalFile = (out: string): string => path.join(out, 'outcomes.jsonl');

/** The setting that names the sources. */
const OPTION = 'data.augmentWith';

/**
 * The adversarial texts of an attack as training rows, with the labels of their originals. Their ids follow on
 * `examples`'s, so that ids stay unique.
 *
 * @param source the folder of an attack's results, or its outcomes.jsonl
 * @throws InputError for what is no result of an attack on this task, and where no attack has succeeded
 */
export async function augmentWith(
  source: string,
  { task, examples }: { task: TaskDefinition; examples: readonly Example[] },
): Promise<Example[]> {
  const file = await outcomesFile(source);
  const { header, outcomes } = await renamingOptions({ file: OPTION }, () => readJournal(file));
  if (header['task'] !== task.name) {
    throw new InputError(`This attack was on the task '${String(header['task'])}', not on '${task.name}'.`, {
      where: file,
      option: OPTION,
      hint: 'Give an attack on the same task.',
    });
  }
  const rows = adversarialRows(outcomes);
  if (rows.length === 0) {
    throw new InputError('No attack has succeeded here: there is nothing to train on.', {
      where: file,
      option: OPTION,
      hint: 'Attack more examples, or another victim.',
    });
  }
  const next = examples.reduce((most, { id }) => Math.max(most, id + 1), 0);
  return rows.map(({ texts, label }, i) => ({ id: next + i, texts, label }));
}

/** What the texts of `augmentWith` depend on, for the hash of a run that is trained on them. */
export async function augmentationFingerprint(sources: readonly string[]): Promise<string[]> {
  return Promise.all(sources.map(async (source) => fileHash(await outcomesFile(source))));
}

async function outcomesFile(source: string): Promise<string> {
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() ?? false;
  return isFolder ? journalFile(source) : source;
}
