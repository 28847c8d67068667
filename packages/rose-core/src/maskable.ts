/**
 * Whether ROSE may mask a parameter: its name contains both `layer` and `weight` (released code, `SparseAdamW`).
 * So the weights of attention, feed-forward and layer normalisation inside the encoder are maskable; biases, embeddings
 * (whose `LayerNorm` is capitalised and outside any `layer`), pooler and classification head are not.
 */
export const isMaskable = (parameter: string): boolean => parameter.includes('layer') && parameter.includes('weight');
