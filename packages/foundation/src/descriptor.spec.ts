import { expect, it } from 'vitest';
import { byName } from './descriptor.js';

it('keeps descriptors by name, and refuses two of one', () => {
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  expect([...byName([b, a]).keys()]).toEqual(['b', 'a']);
  expect(() => byName([a, b, { name: 'a' }])).toThrow("Two are called 'a'.");
});
