/** One parameter with its Adam moments, on the host, updated in place. All three have the parameter's size. */
export interface ParameterState {
  readonly weights: Float32Array;
  /** m, the first moment. */
  readonly momentum: Float32Array;
  /** v, the second moment. */
  readonly variance: Float32Array;
}

/** The numbers of one optimizer step that hold for a whole parameter. */
export interface UpdateSettings {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 0 for biases and layer normalisation. */
  readonly weightDecay: number;
  /** t, counted from 1. */
  readonly step: number;
  /** Factor of the global gradient clipping, at most 1. */
  readonly gradientScale: number;
}

/** μ: one number for a whole parameter, or one for each of its elements; 1 lets an update through, 0 holds it back. */
export type Mask = number | Float32Array;

/**
 * An optimizer's arithmetic for one parameter: moves weights and moments in place.
 * A loop in plain TypeScript is enough, at 5 to 10 ns an element; `runKernel` has what AdamW needs in WebAssembly.
 */
export interface UpdateRule {
  readonly name: string;
  /**
   * @param step `mask` is μ, what of the update happens; `gate` is M, by which the gradient is multiplied before anything
   *   else sees it, and 1 by default
   */
  update(
    parameter: ParameterState,
    gradient: Float32Array,
    step: { readonly settings: UpdateSettings; readonly mask: Mask; readonly gate?: Mask },
  ): void;
}
