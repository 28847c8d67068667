/**
 * What only this project's other packages need. It may change without notice.
 */
export { checkRange } from './check-range.js';
export { labelOrder } from './label-order.js';
export type { LabelOrderOptions } from './label-order.js';
export { DEFAULT_BATCH_SIZE } from './victim.js';
