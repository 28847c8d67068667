import { beforeAll, describe, expect, it } from 'vitest';
import { differences } from './differences.js';
import { type Bits, measureBits } from './measure-bits.js';
import { readRecorded } from './recorded.js';

const recorded = readRecorded();

describe('the command line gives the numbers that were recorded', () => {
  let now: Bits;
  beforeAll(async () => {
    now = await measureBits();
    // A minute and a half on two idle cores; other work may run beside it.
  }, 1_800_000);

  it.each(Object.keys(recorded.sweep.runs))('%s', (id) => {
    expect(differences(recorded.sweep.runs[id], now.sweep.runs[id])).toEqual([]);
  });

  it.each(Object.keys(recorded.attacks))('attack: %s', (name) => {
    expect(differences(recorded.attacks[name], now.attacks[name])).toEqual([]);
  });

  it('in the tables, and nothing more than these', () => {
    expect(differences(recorded, now)).toEqual([]);
  });
});
