import { describe, expect, it } from 'vitest';
import { closeUnreleased } from './version-actions.mjs';

const day = new Date('2026-02-03T23:00:00Z');

describe('a release closes what is unreleased', () => {
  it('under its version and day, and leaves an empty section', () => {
    const before = '# Changelog\n\n## Unreleased\n\n### Added\n\n- This for $1.\n\n## 0.1.0 - 2026-01-01\n\n- That.\n';
    expect(closeUnreleased(before, '0.2.0', day)).toBe(
      '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-02-03\n\n### Added\n\n- This for $1.\n\n## 0.1.0 - 2026-01-01\n\n- That.\n',
    );
  });

  it.each([
    ['no section', '# Changelog\n\n## 0.1.0\n\n- That.\n'],
    ['an empty section', '# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- That.\n'],
  ])('and refuses a changelog with %s', (_, changelog) => {
    expect(() => closeUnreleased(changelog, '0.2.0', day)).toThrow('Unreleased');
  });
});
