export { dropoutDivergence } from './divergence.js';
export { isMaskable } from './maskable.js';
export { maskedAdamW } from './masked-adamw.js';
export { bandMask, quantile } from './quantile-band.js';
export type { Band } from './quantile-band.js';
export { firstOrderSaliency, secondOrderSaliency, secondOrderScore } from './saliency.js';
export { roseEnsemble, roseFirst, roseSecond } from './selections.js';
export type { RoseEnsembleOptions, RoseOptions } from './selections.js';
export { twoPassCrossEntropy } from './two-pass-cross-entropy.js';
