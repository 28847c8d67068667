export { dropoutDivergence } from './divergence.js';
export { isMaskable } from './maskable.js';
export { maskedAdamW } from './masked-adamw.js';
export { roseMethods } from './methods.js';
export { findPublishedSettings, publishedSettings } from './published-settings.js';
export type { PublishedSelection, PublishedSettings, PublishedSize, PublishedTask } from './published-settings.js';
export { bandMask, elementBandMask } from './quantile-band.js';
export type { Band } from './quantile-band.js';
export { roseEnsemble } from './rose-ensemble.js';
export { roseFirst } from './rose-first.js';
export { roseSecond } from './rose-second.js';
export {
  elementSaliency,
  firstOrderSaliency,
  secondOrderElementSaliency,
  secondOrderSaliency,
  secondOrderScore,
} from './saliency.js';
export type { Granularity, Ratio } from './saliency.js';
export { twoPass } from './two-pass.js';
