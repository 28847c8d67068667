import { beforeAll, describe, expect, it } from 'vitest';
import { differences } from './differences.js';
import { type Bits, measureBits } from './measure-bits.js';
import { readRecorded } from './recorded.js';

const recorded = readRecorded();

describe('the command line gives the numbers that were recorded', () => {
  let now: Bits;
  beforeAll(async () => {
    now = await measureBits();
    // Minutes on a machine that does other work as well.
  }, 1_800_000);

  it.each(Object.keys(recorded.sweep.runs))('%s', (id) => {
    expect(differences(recorded.sweep.runs[id], now.sweep.runs[id])).toEqual([]);
  });

  it.each(Object.keys(recorded.attacks))('attack: %s', (name) => {
    expect(differences(recorded.attacks[name], now.attacks[name])).toEqual([]);
  });

  it('in the tables', () => {
    const tablesOf = ({ sweep: { scores, robustness } }: Bits) => ({ scores, robustness });
    expect(differences(tablesOf(recorded), tablesOf(now))).toEqual([]);
  });

  it('for these runs and attacks, and no others', () => {
    const namesOf = ({ sweep, attacks }: Bits) => ({ runs: Object.keys(sweep.runs), attacks: Object.keys(attacks) });
    expect(differences(namesOf(recorded), namesOf(now))).toEqual([]);
  });
});
