import type { Timing } from './protocol.js';

/** Does a task once more and says how long it took. */
export type Repeat = () => Promise<Timing>;
