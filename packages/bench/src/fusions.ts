import { type LayerWithGradient, layersWithGradient } from '@rose/encoders/internal';
import { lookUp } from '@rose/foundation';
import { fusionNames } from '@rose/tfjs-backend-ort';

/** What a step does without when it does without a fusion. */
export interface Fusion {
  /** By its name in the backend. */
  readonly kernels?: readonly string[];
  /** Layers whose gradient TensorFlow.js derives instead; their fused kernels, which have no gradient, go with it. */
  readonly gradients?: readonly LayerWithGradient[];
}

/** A BERT, which is what is measured, has no rotary positions. */
const measured = (name: string): boolean => name !== 'rotary';

/** Those of the backend, then the written-out gradients. */
export const fusions: ReadonlyMap<string, Fusion> = new Map<string, Fusion>([
  ...fusionNames.filter(measured).map((name) => [name, { kernels: [name] }] as const),
  ...layersWithGradient.filter(measured).map((layer) => [`${layer}-gradient`, { gradients: [layer] }] as const),
]);

/** @throws InputError for an unknown name */
export const findFusion = (name: string): Fusion => lookUp(fusions, name, { kind: 'fusion', where: 'fusions' });
