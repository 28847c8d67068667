import { expect, it } from 'vitest';
import { DropoutArrays } from './dropout-arrays.js';

it('hands out what was given back, by length, and each array once', () => {
  const arrays = new DropoutArrays(1000);
  const [three, five] = [arrays.take(3), arrays.take(5)];
  arrays.give(three);
  arrays.give(five);
  expect(arrays.take(4)).toEqual(new Uint8Array(4));
  expect(arrays.take(5)).toBe(five);
  expect(arrays.take(3)).toBe(three);
  expect(arrays.take(3)).not.toBe(three);
});

it('keeps no more than its limit, and lets go of the length that has not come back for longest', () => {
  const arrays = new DropoutArrays(20);
  const [six, seven, another, eight] = [6, 7, 6, 8].map((length) => new Uint8Array(length)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  for (const array of [six, seven, another]) arrays.give(array);
  // 19 bytes now; 8 more are one array of length 7 too many.
  arrays.give(eight);
  expect(arrays.take(7)).not.toBe(seven);
  expect([arrays.take(6), arrays.take(6)]).toEqual([another, six]);
  expect(arrays.take(8)).toBe(eight);
});

it('keeps nothing that is larger than the limit alone', () => {
  const arrays = new DropoutArrays(10);
  const [small, large] = [new Uint8Array(10), new Uint8Array(11)];
  arrays.give(large);
  arrays.give(small);
  expect(arrays.take(11)).not.toBe(large);
  expect(arrays.take(10)).toBe(small);
});
