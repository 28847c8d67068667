/**
 * The optimizer's arithmetic, in AssemblyScript: float32, four elements at a time, nothing fused or relaxed, so that
 * every machine computes the same bits. `src/kernels/run-kernel.ts` calls it block by block;
 * `src/kernels/kernel-bytes.spec.ts` compiles it.
 */

/**
 * What to work on, written at address 0 before a call; `src/kernels/kernel-memory.ts` lists the fields in this order.
 * Arrays are addresses of `count` float32. `count` is a multiple of 4.
 */
@unmanaged
class Task {
  gradient: usize;
  mask: usize;
  momentum: usize;
  variance: usize;
  weights: usize;
  values: usize;
  count: u32;

  gradientScale: f32;
  beta2: f32;
  /** 1 − β₁ and 1 − β₂, each rounded once. */
  rest1: f32;
  rest2: f32;
  stepSize: f32;
  epsilon: f32;
  decay: f32;
}

const task = changetype<Task>(0);

/** Bytes of one SIMD vector. */
const VECTOR: usize = 16;

/**
 * AdamW:
 *
 *     m += (1−β₁)·(g − m)
 *     v  = β₂·v + (1−β₂)·g²
 *     p −= u + decay·(p − u)   with u = stepSize · m / (√v + ε): the decay falls on the weight already moved
 *
 * Where g, m and v are all 0 (a word that no batch has held yet) that leaves the decay alone. With M·g for g where it is gated.
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- TypeScript has decorators for methods, not for functions
class AdamW {
  @inline
  static step(gated: bool): void {
    const gradient = task.gradient;
    const mask = task.mask;
    const momentum = task.momentum;
    const variance = task.variance;
    const weights = task.weights;
    const bytes = (task.count as usize) << 2;

    const zero = f32x4.splat(0);
    const gradientScale = f32x4.splat(task.gradientScale);
    const beta2 = f32x4.splat(task.beta2);
    const rest1 = f32x4.splat(task.rest1);
    const rest2 = f32x4.splat(task.rest2);
    const stepSize = f32x4.splat(task.stepSize);
    const epsilon = f32x4.splat(task.epsilon);
    const decay = f32x4.splat(task.decay);

    for (let at: usize = 0; at < bytes; at += VECTOR) {
      let g = v128.load(gradient + at);
      if (gated) g = f32x4.mul(g, v128.load(mask + at));
      g = f32x4.mul(g, gradientScale);
      const p = v128.load(weights + at);
      let m = v128.load(momentum + at);
      let v = v128.load(variance + at);

      let u = zero;
      if (v128.any_true(v128.or(g, v128.or(m, v)))) {
        m = f32x4.add(m, f32x4.mul(rest1, f32x4.sub(g, m)));
        v = f32x4.add(f32x4.mul(beta2, v), f32x4.mul(f32x4.mul(rest2, g), g));
        v128.store(momentum + at, m);
        v128.store(variance + at, v);
        u = f32x4.div(f32x4.mul(stepSize, m), f32x4.add(f32x4.sqrt(v), epsilon));
      }
      const change = f32x4.add(u, f32x4.mul(decay, f32x4.sub(p, u)));
      v128.store(weights + at, f32x4.sub(p, change));
    }
  }
}

export function adamW(): void {
  AdamW.step(false);
}

/** A gradient that the mask M holds back counts as zero (CHILD-Tuning). */
export function gatedAdamW(): void {
  AdamW.step(true);
}

/**
 * AdamW with ROSE's mask μ for each element; where μ is 1 the bits are those of `adamW`:
 *
 *     g' = μ·g + (1−μ)·m       in place of g
 *     p −= u + decay·μ·(p − u)   with u = stepSize · μ·m / (√v + ε)
 *
 * Where μ is 0, m and p keep their bits, whatever g is.
 */
export function maskedAdamW(): void {
  const gradient = task.gradient;
  const mask = task.mask;
  const momentum = task.momentum;
  const variance = task.variance;
  const weights = task.weights;
  const bytes = (task.count as usize) << 2;

  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const gradientScale = f32x4.splat(task.gradientScale);
  const beta2 = f32x4.splat(task.beta2);
  const rest1 = f32x4.splat(task.rest1);
  const rest2 = f32x4.splat(task.rest2);
  const stepSize = f32x4.splat(task.stepSize);
  const epsilon = f32x4.splat(task.epsilon);
  const decay = f32x4.splat(task.decay);

  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const mu = v128.load(mask + at);
    const p = v128.load(weights + at);
    let m = v128.load(momentum + at);
    let v = v128.load(variance + at);
    const frozen = f32x4.eq(mu, zero);

    const scaled = f32x4.mul(v128.load(gradient + at), gradientScale);
    const mixed = f32x4.add(f32x4.mul(mu, scaled), f32x4.mul(f32x4.sub(one, mu), m));
    const g = v128.bitselect(m, mixed, frozen);
    m = v128.bitselect(m, f32x4.add(m, f32x4.mul(rest1, f32x4.sub(g, m))), frozen);
    v = f32x4.add(f32x4.mul(beta2, v), f32x4.mul(f32x4.mul(rest2, g), g));
    v128.store(momentum + at, m);
    v128.store(variance + at, v);

    const u = f32x4.div(f32x4.mul(f32x4.mul(stepSize, mu), m), f32x4.add(f32x4.sqrt(v), epsilon));
    const change = f32x4.add(u, f32x4.mul(f32x4.mul(decay, mu), f32x4.sub(p, u)));
    v128.store(weights + at, v128.bitselect(p, f32x4.sub(p, change), frozen));
  }
}

/** All that `maskedAdamW` does where μ is 0: v = β₂·v + (1−β₂)·m². Reads m and v, writes v. */
export function relaxVariance(): void {
  const momentum = task.momentum;
  const variance = task.variance;
  const bytes = (task.count as usize) << 2;

  const beta2 = f32x4.splat(task.beta2);
  const rest2 = f32x4.splat(task.rest2);

  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const m = v128.load(momentum + at);
    const v = v128.load(variance + at);
    v128.store(variance + at, f32x4.add(f32x4.mul(beta2, v), f32x4.mul(f32x4.mul(rest2, m), m)));
  }
}

/** Σ x² over the values, in float64. */
export function sumOfSquares(): f64 {
  const values = task.values;
  const bytes = (task.count as usize) << 2;

  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += VECTOR) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(values + at));
    const y = f64x2.promote_low_f32x4(v128.load64_zero(values + at, 8));
    even = f64x2.add(even, f64x2.mul(x, x));
    odd = f64x2.add(odd, f64x2.mul(y, y));
  }
  const sum = f64x2.add(even, odd);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
