/**
 * ROSE: its selections and the objective that they were published with, and the parts to build others of its kind.
 */

// Methods, to train with.
export { roseMethods } from './methods.js';
export { roseEnsemble } from './rose-ensemble.js';
export { roseFirst } from './rose-first.js';
export { roseSecond } from './rose-second.js';
export { twoPass } from './two-pass.js';

// What the authors used.
export { findPublishedSettings } from './published-settings.js';
export type { PublishedSettings } from './published-settings.js';

// Parts.
export { dropoutDivergence } from './divergence.js';
export { isMaskable } from './maskable.js';
export { maskedAdamW } from './masked-adamw.js';
export { bandMask, elementBandMask } from './quantile-band.js';
export type { Band } from './quantile-band.js';
export { elementSaliency, firstOrderSaliency, secondOrderElementSaliency, secondOrderSaliency } from './saliency.js';
export type { FirstOrderSaliencyOptions, Granularity } from './saliency.js';
