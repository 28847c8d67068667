import { InputError } from '@rose/foundation';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adamW } from './adamw.js';
import { composeSelections } from './compose-selections.js';
import { gatedObservation, productOf, productOfMasks } from './masks.js';
import type { Selection, StepObservation } from './selection.js';
import type { TrainingPreview } from './training-preview.js';
import type { UpdateRule } from './update-rule.js';

const rule = (name: string): UpdateRule => ({ name, update: () => undefined });
const plain = (more: Partial<Selection>): Selection => ({ name: 'plain', rule: adamW, ...more });
const observe = (change: Partial<StepObservation> = {}): StepObservation => ({
  step: 2,
  warmingUp: false,
  beta1: 0.9,
  gradientNorms: new Map([
    ['a', 5],
    ['b', 1],
  ]),
  gradient: (name) => (name === 'a' ? Float32Array.of(6, 8) : Float32Array.of(2)),
  gradientScale: 0.5,
  momentum: () => new Float32Array(2),
  measured: new Map(),
  ...change,
});
const preview = {
  shapes: new Map([
    ['a', [2]],
    ['b', [1]],
  ]),
} as unknown as TrainingPreview;

beforeAll(async () => void (await tf.setBackend('cpu')));

describe('the product of masks', () => {
  it('is that of their elements, whatever is a number', () => {
    expect(productOf(0.5, 0.5)).toBe(0.25);
    expect(productOf(1, Float32Array.of(0, 1))).toEqual(Float32Array.of(0, 1));
    expect(productOf(Float32Array.of(0, 1), 0.5)).toEqual(Float32Array.of(0, 0.5));
    expect(productOf(0.5, Float32Array.of(0, 1))).toEqual(Float32Array.of(0, 0.5));
    expect(productOf(Float32Array.of(0, 0.5, 1), Float32Array.of(1, 0.5, 1))).toEqual(Float32Array.of(0, 0.25, 1));
  });

  it('takes what is absent for 1', () => {
    const product = productOfMasks([
      new Map([['a', 0.5]]),
      new Map(),
      new Map([
        ['a', 0.5],
        ['b', 0],
      ]),
    ]);
    expect([...product]).toEqual([
      ['a', 0.25],
      ['b', 0],
    ]);
  });
});

it('shows gated gradients, and norms of these, to whoever decides about the update', () => {
  const seen = gatedObservation(observe(), { masks: new Map([['a', Float32Array.of(0, 1)]]), scale: 2 });
  expect(seen.gradient('a')).toEqual(Float32Array.of(0, 8));
  expect(seen.gradient('b')).toEqual(Float32Array.of(2));
  // ‖(0, 8)‖ · 0.5 · 2 and ‖(2)‖ · 0.5 · 2.
  expect([...seen.gradientNorms]).toEqual([
    ['a', 8],
    ['b', 2],
  ]);
  expect(seen.gradientScale).toBe(1);
});

describe('several selections', () => {
  it('multiply their gates and their masks', () => {
    const selection = composeSelections([
      plain({ gate: () => ({ masks: new Map([['a', Float32Array.of(0, 1)]]), scale: 2 }) }),
      plain({
        gate: () => ({ masks: new Map([['a', Float32Array.of(1, 1)]]), scale: 3 }),
        select: () => new Map([['b', 0.5]]),
      }),
      plain({
        rule: rule('masked'),
        select: () =>
          new Map([
            ['a', 0],
            ['b', 0.5],
          ]),
      }),
    ]);
    expect(selection.name).toBe('plain+plain+plain');
    expect(selection.rule.name).toBe('masked');
    expect(selection.gate?.(observe())).toEqual({ masks: new Map([['a', Float32Array.of(0, 1)]]), scale: 6 });
    expect(selection.select?.(observe())).toEqual(
      new Map([
        ['b', 0.25],
        ['a', 0],
      ]),
    );
  });

  it('measure the same parameter each for itself, and see what they measured', () => {
    const measuring = (name: string, value: number): Selection => ({
      ...plain({ name }),
      measure: () => new Map([['a', tf.scalar(value)]]),
      select: ({ measured }) => new Map([['a', measured.get('a')?.[0] ?? NaN]]),
    });
    const selection = composeSelections([measuring('x', 0.5), measuring('y', 0.25)]);
    const recorded = selection.measure?.({} as never, { warmingUp: false, slope: () => undefined }) ?? new Map();
    expect(recorded.size).toBe(2);
    const measured = new Map([...recorded].map(([key, tensor]) => [key, tensor.dataSync() as Float32Array]));
    expect(selection.select?.(observe({ measured }))).toEqual(new Map([['a', 0.125]]));
  });

  it('rest while the learning rate rises, but for those that do not', () => {
    const selection = composeSelections([
      plain({ duringWarmup: true, gate: () => ({ masks: new Map([['a', 0.5]]), scale: 1 }) }),
      plain({
        select: () => new Map([['a', 0]]),
        measure: () => {
          throw new Error('not asked for');
        },
      }),
    ]);
    expect(selection.duringWarmup).toBe(true);
    const warmingUp = observe({ warmingUp: true });
    expect(selection.gate?.(warmingUp).masks).toEqual(new Map([['a', 0.5]]));
    expect(selection.select?.(warmingUp)).toEqual(new Map());
    expect(selection.measure?.({} as never, { warmingUp: true, slope: () => undefined })).toEqual(new Map());
  });

  it('do not prepare for what one of them freezes, in whatever order they stand', async () => {
    const asked: string[][] = [];
    const looking = plain({ prepare: ({ shapes }) => void asked.push([...shapes.keys()]) });
    const freezing = plain({ trains: (name) => name !== 'a' });
    for (const parts of [
      [looking, freezing],
      [freezing, looking],
    ]) {
      const selection = composeSelections(parts);
      await selection.prepare?.(preview);
      expect([selection.trains?.('a'), selection.trains?.('b')]).toEqual([false, true]);
    }
    expect(asked).toEqual([['b'], ['b']]);
  });

  it('are refused where their rules differ, or both put other weights in the place of the same', () => {
    const [one, other] = [plain({ name: 'one', rule: rule('x') }), plain({ name: 'other', rule: rule('y') })];
    expect(() => composeSelections([one, other])).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: "'one' and 'other' cannot be combined: they move the weights by different rules.",
      }),
    );
    const mixing = plain({ substitute: () => new Map() });
    expect(() => composeSelections([mixing, mixing])).toThrow(InputError);
    expect(composeSelections([mixing, plain({})]).substitute).toBeDefined();
  });

  it('let everything through where there is none', () => {
    expect(composeSelections([])).toEqual({ name: 'all', rule: adamW });
  });

  it('are themselves where there is one', () => {
    const only = plain({});
    expect(composeSelections([only])).toBe(only);
  });
});
