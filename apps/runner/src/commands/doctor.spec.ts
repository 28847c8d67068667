import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { backends } from '@rose/backends';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const fromSource = ['--conditions=@rose/source', '--import', 'tsx'];

describe('rose doctor', () => {
  it('says of each backend whether it can be used, with its version, and ends well', { timeout: 240_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [...fromSource, main, 'doctor']);
    for (const { name } of backends)
      expect(stdout).toMatch(
        new RegExp(`^  ${name} +(not )?usable +\\S+ (\\d+\\.\\d+\\.\\d+|\\(not installed\\)): `, 'm'),
      );
    // What cannot be used says why, and what to do.
    for (const [explanation] of stdout.matchAll(/(?<=^ .* not usable .*\n)(?: {17}.*\n)*/gm))
      expect(explanation.trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
    expect(stdout).toMatch(/^ {2}ort +usable .*\n +gradients differ from plain JavaScript by \de-\d+/m);
    expect(stdout).toMatch(/^ {2}cpu +usable /m);
  });
});
