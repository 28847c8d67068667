import { roseEnsemble } from './rose-ensemble.js';
import { roseFirst } from './rose-first.js';
import { roseSecond } from './rose-second.js';
import { twoPass } from './two-pass.js';

/** ROSE's objective and its selections. */
export const roseMethods = [twoPass, roseFirst, roseSecond, roseEnsemble] as const;
