export { dropoutDivergence } from './divergence.js';
export { isMaskable } from './maskable.js';
export { maskedAdamW } from './masked-adamw.js';
export { findPublishedSettings, publishedSettings } from './published-settings.js';
export type { PublishedSelection, PublishedSettings, PublishedSize, PublishedTask } from './published-settings.js';
export { bandMask, elementBandMask } from './quantile-band.js';
export type { Band } from './quantile-band.js';
export type { RoseEnsembleOptions, RoseOptions, RoseSecondOptions } from './rose-options.js';
export {
  elementSaliency,
  firstOrderSaliency,
  secondOrderElementSaliency,
  secondOrderSaliency,
  secondOrderScore,
} from './saliency.js';
export type { Granularity, Ratio } from './saliency.js';
export { roseEnsemble, roseFirst, roseSecond } from './selections.js';
export { twoPassCrossEntropy } from './two-pass-cross-entropy.js';
