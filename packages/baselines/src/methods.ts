import { childTuningD } from './child-tuning-d.js';
import { childTuningF } from './child-tuning-f.js';
import { freeLb } from './free-lb.js';
import { mixout } from './mixout.js';
import { pgd } from './pgd.js';
import { rDrop } from './r-drop.js';
import { r3f, r4f } from './r3f.js';
import { smart } from './smart.js';
import { topLayers } from './top-layers.js';
import { vanilla } from './vanilla.js';

/** The objectives and selections that ROSE is compared to. */
export const baselineMethods = [
  vanilla,
  r3f,
  r4f,
  freeLb,
  pgd,
  smart,
  rDrop,
  childTuningF,
  childTuningD,
  topLayers,
  mixout,
] as const;
