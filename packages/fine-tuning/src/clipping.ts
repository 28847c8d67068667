/** ‖g‖₂ over all parameters from the norms of each. */
export function globalNorm(norms: Iterable<number>): number {
  let sum = 0;
  for (const norm of norms) sum += norm * norm;
  return Math.sqrt(sum);
}

/** The factor that brings the global norm to at most `maxNorm` (PyTorch's `clip_grad_norm_`); 0 switches clipping off. */
export function clippingFactor(norm: number, maxNorm: number): number {
  return maxNorm > 0 ? Math.min(1, maxNorm / (norm + 1e-6)) : 1;
}
