import { describe, expect, it } from 'vitest';
import { clippingFactor, globalNorm } from './clipping.js';
import { linearSchedule } from './schedule.js';

describe('the linear schedule', () => {
  it('starts at the peak without warm-up and would reach 0 after the last step', () => {
    const at = (step: number) => linearSchedule(step, { peak: 2, warmupSteps: 0, totalSteps: 4 });
    expect([1, 2, 3, 4, 5].map(at)).toEqual([2, 1.5, 1, 0.5, 0]);
  });

  it('rises from 0 over the warm-up', () => {
    const at = (step: number) => linearSchedule(step, { peak: 1, warmupSteps: 2, totalSteps: 6 });
    expect([1, 2, 3, 4, 5, 6].map(at)).toEqual([0, 0.5, 1, 0.75, 0.5, 0.25]);
  });
});

describe('clipping', () => {
  it('scales the global norm down to its bound, never up, and not at all at 0', () => {
    const norm = globalNorm([3, 4]);
    expect(norm).toBe(5);
    expect(clippingFactor(norm, 1)).toBeCloseTo(0.2, 6);
    expect(clippingFactor(0.5, 1)).toBe(1);
    expect(clippingFactor(norm, 0)).toBe(1);
  });
});
