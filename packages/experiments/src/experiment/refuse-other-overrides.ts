import { refuseIdle } from '../settings/idle-setting.js';
import { parseOverride, placeOfOverride } from '../settings/overrides.js';
import { leadsTo, placing } from '../settings/places.js';

/**
 * Refuses overrides of what is not looked at, for work that concerns a part of an experiment.
 * @param set `KEY=VALUE`
 * @param looksAt settings and sections by their names
 * @throws InputError
 */
export function refuseOtherOverrides(
  set: readonly string[],
  { looksAt, why }: { readonly looksAt: readonly string[]; readonly why: string },
): void {
  const used = looksAt.map((name) => name.split('.'));
  for (const override of set.map(parseOverride)) {
    const { path } = override;
    if (used.some((other) => leadsTo(path, other) || leadsTo(other, path))) continue;
    placing(
      () => placeOfOverride(override),
      () => refuseIdle([{ path, why, servants: [] }]),
    );
  }
}
