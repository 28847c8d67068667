/** The layers whose gradient is written out, see `withGradient`. */
export const layersWithGradient = ['gelu', 'layer-norm', 'attention'] as const;

export type LayerWithGradient = (typeof layersWithGradient)[number];

/** For the whole process. Nothing but a measurement or a test changes it. */
let derived: ReadonlySet<LayerWithGradient> = new Set();

/**
 * Has TensorFlow.js derive the gradients of these layers, and of no others, from the operations that they are composed of.
 * For measuring what the written-out ones gain, and for testing that they are right; it holds for every model of the process
 * until it is called again. A layer whose gradient is derived goes without its fused kernel too, which has none.
 */
export function deriveGradients(layers: readonly LayerWithGradient[]): void {
  derived = new Set(layers);
}

export const derivesGradient = (layer: LayerWithGradient): boolean => derived.has(layer);
