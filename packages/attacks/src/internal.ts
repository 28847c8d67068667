/**
 * What only this project's other packages need. It may change without notice.
 */
export { checkRange } from './querying/check-range.js';
export { labelOrder } from './victim/label-order.js';
export type { LabelOrderOptions } from './victim/label-order.js';
export { DEFAULT_BATCH_SIZE } from './victim/victim.js';
