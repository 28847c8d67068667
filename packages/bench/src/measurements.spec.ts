import { describe, expect, it } from 'vitest';
import { trainFlops } from './tasks/flops.js';
import { ceilingMeasurement, pointMeasurements } from './measurements.js';
import { findShape } from './tasks/models.js';

const shape = findShape('minilm');
const size = { model: 'minilm', batch: 32, length: 32 };

describe('pointMeasurements', () => {
  it('makes the lines of a training point in the order that is published', () => {
    const rounds = [
      [{ ms: 500, optimizerMs: 50 }],
      [
        { ms: 400, optimizerMs: 100 },
        { ms: 600, optimizerMs: 60 },
      ],
    ];
    const measured = { rounds, peakRssMiB: 812.34 };
    // Forward and backward take 450, 300 and 540 ms.
    const ceiling = trainFlops(shape, size, 'first token') / 225 / 1e6;
    const [train, optimizer, ...more] = pointMeasurements({
      point: { bench: 'train', ...size },
      shape,
      measured,
      ceiling,
    });
    expect(JSON.stringify(train?.line)).toBe(
      '{"bench":"train","model":"minilm","batch":32,"length":32,"msMedian":500,"msMin":400,"msMax":600,' +
        '"tokensPerSecond":2048,"ceilingShare":0.5,"peakRssMiB":812.3}',
    );
    expect(train?.rounds).toEqual([[500], [400, 600]]);
    expect(optimizer?.line).toMatchObject({ bench: 'optimizer', msMedian: 60, msMin: 50, msMax: 100, stepShare: 0.12 });
    expect(optimizer?.rounds).toEqual([[50], [100, 60]]);
    expect(more).toEqual([]);
  });

  it('has the parts of a compilation where the program knows them, and says which program it is', () => {
    const point = { bench: 'compile', ...size } as const;
    const common = { point, shape, ceiling: 100 };
    const rounds = [[{ ms: 700, traceMs: 5, compileMs: 600 }]];
    const [ours] = pointMeasurements({ ...common, measured: { rounds, peakRssMiB: 1 } });
    expect(ours?.line).toMatchObject({ bench: 'compile', msMedian: 700, traceMs: 5, compileMs: 600 });
    expect(ours?.line).not.toHaveProperty('program');
    const measured = { rounds: [[{ ms: -3 }]], peakRssMiB: 1 };
    const [theirs] = pointMeasurements({ ...common, measured, ready: { ready: 'torch', variant: 'fused' } });
    expect(theirs?.line).toMatchObject({ msMedian: -3, program: 'torch', variant: 'fused' });
    expect(theirs?.line).not.toHaveProperty('traceMs');
  });
});

it('states the ceiling as a rate', () => {
  const task = { bench: 'ceiling', rows: 1000, inner: 1000, columns: 1000, threads: 2 } as const;
  const { line } = ceilingMeasurement(task, { rounds: [[{ ms: 10 }, { ms: 30 }], [{ ms: 20 }]], peakRssMiB: 50 });
  expect(line).toEqual({ bench: 'ceiling', msMedian: 20, msMin: 10, msMax: 30, gflops: 100, peakRssMiB: 50 });
});
