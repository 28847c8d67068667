import { describe, expect, it } from 'vitest';
import { attackText, linearVictim } from '../testing/toys.js';
import { checkList } from './checklist.js';

describe('CheckList', () => {
  it('changes what should not matter', async () => {
    const text = 'Mary is not from Boston and has 31 cats';
    const outcome = (weights: Record<string, number>) =>
      attackText(checkList.create(), linearVictim({ cats: 0.5, ...weights }), text);
    expect((await outcome({ "isn't": -1 })).adversarial?.texts).toEqual(["Mary isn't from Boston and has 31 cats"]);
    expect((await outcome({ mary: 1, cats: -0.5 })).replacements).toMatchObject([{ from: 'Mary' }]);
    expect((await outcome({ boston: 1, cats: -0.5 })).replacements).toMatchObject([{ from: 'Boston' }]);
    expect((await outcome({ 31: 1, cats: -0.5 })).replacements).toMatchObject([{ from: '31' }]);
    expect((await outcome({})).status).toBe('failed');
  });
});
