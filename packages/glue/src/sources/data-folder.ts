import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '@rose/foundation';

interface Part {
  /** Below the data folder. */
  readonly path: string;
  readonly what: string;
  /** What fetches it, as tools/fetch-data.mjs calls it. */
  readonly fetched: string;
}

/** What lies in the data folder, by the name of the option that can point elsewhere. */
const parts = {
  hub: { path: 'hub', what: "GLUE's files in the layout of the Hugging Face hub", fetched: 'glue' },
  advGlue: { path: 'advglue', what: "AdvGLUE's dev_ann.json or dev.json", fetched: 'advglue' },
  counterFitted: {
    path: 'counterfit/counterfitted_neighbors.json',
    what: 'neighbours of words in counter-fitted vectors',
    fetched: 'counterfit',
  },
} as const satisfies Record<string, Part>;

/** A part of the data folder: `hub`, `advGlue` or `counterFitted`. */
export type DataPart = keyof typeof parts;

/**
 * The folder that real data is read from unless a path is given: the environment variable `ROSE_DATA`, else `data` in
 * the working directory. Below it lie `hub/datasets/nyu-mll/glue/<task>/*.parquet`, `advglue/dev_ann.json` and
 * `counterfit/counterfitted_neighbors.json`.
 *
 * @returns an absolute path, whether or not it exists
 */
export const dataFolder = (): string => resolve(process.env['ROSE_DATA'] || 'data');

/** Where a part of the data lies, there or not: the user's own path, else its place in the data folder. Absolute. */
export const placeOf = (part: DataPart, given?: string): string =>
  given === undefined ? join(dataFolder(), parts[part].path) : resolve(given);

/**
 * Where a part of the data lies.
 *
 * @param given a path of the user's own, relative to the working directory
 * @returns `given`, else the part's place in the data folder; an absolute path
 * @throws InputError with the part as its option, if nothing is there
 */
export function dataPath(part: DataPart, given?: string): string {
  const place = placeOf(part, given);
  if (existsSync(place)) return place;
  const { path, what, fetched }: Part = parts[part];
  if (given !== undefined) {
    throw new InputError(`Cannot find ${what}.`, {
      where: place,
      option: part,
      hint: `Correct the path, or leave it out: then it is ${placeOf(part)}.`,
    });
  }
  const folder = dataFolder();
  if (!existsSync(folder)) {
    throw new InputError('There is no data folder.', {
      where: folder,
      option: part,
      hint: 'Set ROSE_DATA to the folder that holds the data, or fetch it with: node tools/fetch-data.mjs',
    });
  }
  throw new InputError(`The data folder lacks ${what}.`, {
    where: place,
    option: part,
    hint: `Set ROSE_DATA to a folder that has ${path}, or fetch it with: node tools/fetch-data.mjs --only=${fetched}`,
  });
}
