import { existsSync } from 'node:fs';
import { dataFolder } from '../sources/data-folder.js';

const folder = dataFolder();

/** Whether the specs that read real data can run: GLUE in the hub's layout, and AdvGLUE. */
export const hasRealData = ['hub/datasets/nyu-mll/glue', 'advglue'].every((part) => existsSync(`${folder}/${part}`));

/** Goes at the end of a suite's name, so that a skipped one says why. */
export const ifRealData = hasRealData ? '' : ` (skipped: no data in ${folder}; set ROSE_DATA)`;
