import { hostNorm2 } from './norms.js';
import type { Gate, StepObservation } from './selection.js';
import type { Mask } from './update-rule.js';

/** The product of two masks, element by element where one of them has elements. */
export function productOf(a: Mask, b: Mask): Mask {
  if (typeof a === 'number') {
    if (typeof b === 'number') return a * b;
    return a === 1 ? b : productOf(b, a);
  }
  if (b === 1) return a;
  const product = new Float32Array(a.length);
  for (let i = 0; i < product.length; i++)
    product[i] = (a[i] as number) * (typeof b === 'number' ? b : (b[i] as number));
  return product;
}

/** Products of masks by parameter name. Absent is 1. */
export function productOfMasks(maps: readonly ReadonlyMap<string, Mask>[]): ReadonlyMap<string, Mask> {
  const [only = new Map<string, Mask>(), ...others] = maps.filter(({ size }) => size > 0);
  if (others.length === 0) return only;
  const product = new Map(only);
  for (const masks of others) {
    for (const [name, mask] of masks) product.set(name, productOf(product.get(name) ?? 1, mask));
  }
  return product;
}

/** g · M, element by element. */
export const gated = (gradient: Float32Array, gate: Mask): Float32Array => productOf(gradient, gate) as Float32Array;

/** What a selection sees of a step whose gradients were gated. Computed when it is asked for. */
export function gatedObservation(observation: StepObservation, { masks, scale }: Gate): StepObservation {
  const found = new Map<string, Float32Array>();
  const gradient = (name: string) => {
    const known = found.get(name) ?? gated(observation.gradient(name), masks.get(name) ?? 1);
    found.set(name, known);
    return known;
  };
  const gradientScale = observation.gradientScale * scale;
  let norms: ReadonlyMap<string, number> | undefined;
  return {
    ...observation,
    gradientScale,
    gradient,
    get gradientNorms() {
      norms ??= new Map(
        [...observation.gradientNorms.keys()].map((name) => [name, hostNorm2(gradient(name)) * gradientScale]),
      );
      return norms;
    },
  };
}
