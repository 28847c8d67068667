import path from 'node:path';
import { temporaryFile } from '@rose/testing';
import { expect, it } from 'vitest';
import { contentHash, fileHash, sha256, sha256OfFile } from './hash.js';

it("is FIPS 180-4's SHA-256", () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(sha256(new TextEncoder().encode('abc'))).toBe(sha256('abc'));
});

it('hashes a value by its content, whatever the order of its keys', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: 2 } })).toBe(contentHash({ b: { d: 2, c: [1, 2] }, a: 1 }));
  expect(contentHash({ a: [1, 2] })).not.toBe(contentHash({ a: [2, 1] }));
  expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 }));
  expect(contentHash('x')).toHaveLength(16);
});

it('hashes a file as a stream', async () => {
  const file = await temporaryFile('abc.txt', 'abc');
  expect(await sha256OfFile(file)).toBe(sha256('abc'));
  expect(await fileHash(file)).toBe(sha256('abc').slice(0, 16));
  await expect(fileHash(path.join(path.dirname(file), 'none'))).rejects.toThrow(/ENOENT/);
});
