import { readFile } from 'node:fs/promises';
import { InputError } from '@rose/foundation';
import { exampleFromRow } from './example-from-row.js';
import { constructions } from '../examples/example.js';
import type { AdversarialExample, Construction } from '../examples/example.js';
import type { TaskDefinition } from '../tasks/define-task.js';
import type { Row } from './row.js';

const source = "Get dev_ann.json or dev.json from AdvGLUE's repository, AI-secure/adversarial-glue.";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isConstruction = (value: unknown): value is Construction => constructions.some((known) => known === value);

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new InputError('This AdvGLUE file cannot be read.', { where: path, hint: source, cause });
  }
}

/** What dev_ann.json has beyond dev.json. Items written by people have no original there either. */
function annotationOf({ cells, where }: Row, task: TaskDefinition): Partial<AdversarialExample> {
  const { data_construction: construction, method } = cells;
  if (construction !== undefined && !isConstruction(construction)) {
    const hint = `Known kinds: ${constructions.join(', ')}.`;
    throw new InputError(`Unknown data_construction ${JSON.stringify(construction)}.`, { where, hint });
  }
  const originals = task.columns.map((column) => cells[`original_${column}`]);
  const original = task.columns.map((column, i) => String(originals[i] ?? cells[column]));
  return {
    ...(originals.some((text) => typeof text === 'string') && { original }),
    ...(construction && { construction }),
    ...(typeof method === 'string' && { method }),
  };
}

/**
 * The items of one task in AdvGLUE's dev.json or dev_ann.json (`{task: [{idx, label, <columns>}]}`, the latter with
 * `original_<column>`, `data_construction` and `method`), in the order of the file.
 *
 * @throws InputError with the file, and with the item if one is wrong
 */
export async function readAdvGlue(path: string, task: TaskDefinition): Promise<AdversarialExample[]> {
  const key = task.advGlueKey ?? task.name;
  const content = await readJson(path);
  const items: unknown = isRecord(content) ? content[key] : undefined;
  if (!Array.isArray(items) || items.length === 0) {
    throw new InputError(`This AdvGLUE file has no list of items under "${key}".`, { where: path, hint: source });
  }
  return items.map((cells: unknown, index) => {
    const where = `${path}, ${key}[${index.toString()}]`;
    if (!isRecord(cells)) throw new InputError('An AdvGLUE item must be an object.', { where, hint: source });
    const row = { cells, index, where };
    return { ...exampleFromRow(row, task), ...annotationOf(row, task) };
  });
}
