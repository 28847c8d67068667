import { RandomStream } from '@rose/foundation';
import { expect, it } from 'vitest';
import { residentArrays } from './kernels/kernel-memory.js';
import { hostNorm2 } from './norms.js';

it.each([0, 1, 5, 8192, 20_003])('‖x‖₂ of %d elements is summed in float64, wherever they live', (length) => {
  const stream = RandomStream.of('norm', length);
  const values = Float32Array.from({ length }, (_, i) => stream.normal() * (i % 100 === 0 ? 1e18 : 1e-12));
  const exact = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  const resident = residentArrays({ lengths: [length] }).arrays[0] as Float32Array;
  resident.set(values);
  expect(Math.abs(hostNorm2(values) - exact)).toBeLessThanOrEqual(1e-13 * exact);
  expect(hostNorm2(resident)).toBe(hostNorm2(values));
});

it('‖x‖₂ does not overflow where float32 would, and is NaN for NaN', () => {
  expect(hostNorm2(new Float32Array(9).fill(3e38))).toBeCloseTo(9e38, -33);
  expect(hostNorm2(Float32Array.from([1, Number.NaN]))).toBeNaN();
});
