import { RandomStream } from '@rose/foundation';
import { describe, expect, it } from 'vitest';
import { adamW } from './adamw.js';
import { residentArrays } from './kernels/kernel-memory.js';
import { type ExactState, referenceAdamW } from './testing/reference-adamw.js';
import type { ParameterState } from './update-rule.js';

const settings = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-6,
  weightDecay: 0.01,
  step: 1,
  gradientScale: 0.7,
};
const kinds = ['weights', 'momentum', 'variance'] as const;
const bits = (array: Float32Array) => Buffer.from(array.slice().buffer).toString('hex');

/** A parameter that has taken a few steps already, in ordinary arrays. */
function someParameter(length: number): ParameterState {
  const stream = RandomStream.of('parameter', length);
  const draw = (scale: number) => Float32Array.from({ length }, () => scale * stream.normal());
  return { weights: draw(0.05), momentum: draw(1e-3), variance: draw(1e-3).map((x) => x * x) };
}

function someGradient(length: number, step: number): Float32Array {
  const stream = RandomStream.of('gradient', length, step);
  return Float32Array.from({ length }, () => (stream.uniform() < 0.2 ? 0 : 1e-3 * stream.normal()));
}

/** The same in another place: `place` gives an array of a length. */
function moved(state: ParameterState, place: (length: number) => Float32Array): ParameterState {
  const copy = (array: Float32Array) => {
    const there = place(array.length);
    there.set(array);
    return there;
  };
  return { weights: copy(state.weights), momentum: copy(state.momentum), variance: copy(state.variance) };
}

describe('AdamW', () => {
  it('follows the float64 rule over fifty steps, with gradients that are zero here and there', () => {
    for (const length of [1, 2, 384, 8195]) {
      const state = someParameter(length);
      const exact: ExactState = {
        weights: Float64Array.from(state.weights),
        momentum: Float64Array.from(state.momentum),
        variance: Float64Array.from(state.variance),
      };
      for (let step = 1; step <= 50; step++) {
        const gradient = someGradient(length, step);
        adamW.update(state, gradient, { settings: { ...settings, step }, mask: 1 });
        referenceAdamW(exact, gradient, { ...settings, step });
      }
      for (const kind of kinds) {
        const scale = Math.sqrt(exact[kind].reduce((sum, x) => sum + x * x, 0) / length);
        const worst = exact[kind].map((x, i) => Math.abs((state[kind][i] as number) - x) / (Math.abs(x) + scale));
        expect(Math.max(...worst), `${kind} of ${length}`).toBeLessThan(1e-5);
      }
    }
  });

  it.each([0, 1, 3, 4, 7, 8191, 8192, 8193, 16_391])(
    'gives the same bits for %d elements wherever the arrays live, and touches nothing beside them',
    (length) => {
      const start = someParameter(length);
      const gradient = someGradient(length, 1);
      const guarded: Float32Array[] = [];
      const resident = residentArrays({ lengths: [length, length, length] }).arrays.values();
      const places: Record<string, (length: number) => Float32Array> = {
        resident: () => resident.next().value as Float32Array,
        shared: (n) => new Float32Array(new SharedArrayBuffer(4 * n)),
        'part of another': (n) => {
          const whole = new Float32Array(n + 9).fill(3);
          guarded.push(whole.subarray(0, 1), whole.subarray(n + 1));
          return whole.subarray(1, n + 1);
        },
        'part of a resident one': (n) => {
          const whole = residentArrays({ lengths: [n + 9] }).arrays[0]?.fill(3) as Float32Array;
          guarded.push(whole.subarray(0, 1), whole.subarray(n + 1));
          return whole.subarray(1, n + 1);
        },
      };
      const ordinary = moved(start, (n) => new Float32Array(n));
      adamW.update(ordinary, gradient, { settings, mask: 1 });
      for (const [name, place] of Object.entries(places)) {
        const other = moved(start, place);
        adamW.update(other, gradient, { settings, mask: 1 });
        for (const kind of kinds) expect(bits(other[kind]), name).toBe(bits(ordinary[kind]));
      }
      expect(guarded.every((array) => array.every((x) => x === 3))).toBe(true);
      if (length > 0) expect(bits(ordinary.weights)).not.toBe(bits(start.weights));
    },
  );

  it('only decays what no batch has touched, in the bits of the whole rule', () => {
    // The first four share a vector with a gradient and go the long way; the others are skipped.
    const weights = Float32Array.from([0.3, -0.7, 1e-3, 5, 0.3, -0.7, 1e-3, 5]);
    const state = { weights, momentum: new Float32Array(8), variance: new Float32Array(8) };
    const gradient = Float32Array.from([0, 0, 0, 1, 0, 0, 0, 0]);
    for (let step = 1; step <= 20; step++) adamW.update(state, gradient, { settings: { ...settings, step }, mask: 1 });
    expect(bits(weights.slice(4, 7))).toBe(bits(weights.slice(0, 3)));
    expect(weights[4]).toBeCloseTo(0.3 * (1 - 1e-5) ** 20, 6);
    expect([...state.momentum.slice(4), ...state.variance.slice(4)]).toEqual(new Array(8).fill(0));
  });

  it('lets NaN and infinity through, each in its own element alone, and keeps denormals', () => {
    const state = {
      weights: new Float32Array(6).fill(1),
      momentum: Float32Array.from([0, 0, 0, 0, 1e-40, 0]),
      variance: Float32Array.from([0, 0, Infinity, 0, 1e-40, 0]),
    };
    adamW.update(state, Float32Array.from([NaN, Infinity, 0, 1, 0, 0]), { settings, mask: 1 });
    expect([...state.weights].map(Number.isFinite)).toEqual([false, false, true, true, true, true]);
    expect([...state.momentum].map(Number.isFinite)).toEqual([false, false, true, true, true, true]);
    expect([...state.variance].map(Number.isFinite)).toEqual([false, false, false, true, true, true]);
    expect((state.momentum[4] as number) / 9e-41).toBeCloseTo(1, 4);
    expect((state.variance[4] as number) / 9.8e-41).toBeCloseTo(1, 4);
  });

  it('refuses a gradient of another length', () => {
    const failure = () => adamW.update(someParameter(8), new Float32Array(7), { settings, mask: 1 });
    expect(failure).toThrow(/one length, not 7, 8, 8, 8/);
  });
});
