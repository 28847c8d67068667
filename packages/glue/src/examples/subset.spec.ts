import { describe, expect, it } from 'vitest';
import { subset } from './subset.js';

/** 90 examples, a third of them labelled 1. */
const examples = Array.from({ length: 90 }, (_, id) => ({
  id,
  texts: [`text ${id.toString()}`],
  label: id % 3 === 0 ? 1 : 0,
}));
const idsOf = (drawn: readonly { id: number }[]) => drawn.map(({ id }) => id);

describe('a subset', () => {
  it('keeps the order of the data set and draws nothing twice', () => {
    const ids = idsOf(subset(examples, { size: 20, seed: 1 }));
    expect(ids).toHaveLength(20);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
  });

  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => idsOf(subset(examples, { size: 20, seed }));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('is part of every larger one with the same seed', () => {
    const larger = new Set(idsOf(subset(examples, { size: 40, seed: 5 })));
    expect(idsOf(subset(examples, { size: 15, seed: 5 })).every((id) => larger.has(id))).toBe(true);
  });

  it('keeps the shares of the labels when stratified', () => {
    for (const [size, positive] of [
      [30, 10],
      [10, 3],
      [1, 0],
    ] as const) {
      const drawn = subset(examples, { size, seed: 3, stratified: true });
      expect(drawn).toHaveLength(size);
      expect(drawn.filter(({ label }) => label === 1)).toHaveLength(positive);
    }
  });

  it('is everything when there is no more', () => {
    expect(subset(examples, { size: 1000, seed: 0, stratified: true })).toEqual(examples);
  });

  it('refuses sizes that make no sense', () => {
    for (const size of [0, -1, 2.5, NaN]) {
      expect(() => subset(examples, { size, seed: 0 })).toThrow(expect.objectContaining({ name: 'InputError' }));
    }
  });
});
