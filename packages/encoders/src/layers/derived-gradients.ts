/** The layers whose gradient is written out, see `withGradient`. */
export const layersWithGradient = ['gelu', 'layer-norm', 'attention', 'rotary'] as const;

export type LayerWithGradient = (typeof layersWithGradient)[number];

/** Holds for the whole process. Only measurements and tests change it. */
let derived: ReadonlySet<LayerWithGradient> = new Set();

/**
 * Makes TensorFlow.js derive the gradients of these layers, and of no others, from the operations they are made of. This is for
 * measuring what the written-out gradients gain and for testing them. It holds for every model of the process until the next
 * call. A layer with a derived gradient does not use its fused kernel either, since that has no gradient.
 */
export function deriveGradients(layers: readonly LayerWithGradient[]): void {
  derived = new Set(layers);
}

export const derivesGradient = (layer: LayerWithGradient): boolean => derived.has(layer);
