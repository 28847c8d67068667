import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.js';

it('finds what was meant and stays silent when nothing comes near', () => {
  const known = ['vanilla', 'rose-first', 'rose-second', 'rose-ensemble'];
  expect(nearestName('rose-frist', known)).toBe('rose-first');
  expect(nearestName('Vanila', known)).toBe('vanilla');
  expect(nearestName('quantum', known)).toBeUndefined();
});
