import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sharded, temporaryFolder, wrongFolder } from '@rose/testing';
import { expect, it } from 'vitest';
import { modelFingerprint } from './model-fingerprint.js';

const write = (file: string, text: string) => (folder: string) => writeFile(join(folder, file), text);

const fingerprint = async (...spoils: ((folder: string) => Promise<unknown>)[]) =>
  modelFingerprint(
    await wrongFolder({
      async spoil(folder) {
        for (const spoil of spoils) await spoil(folder);
      },
    }),
  );

it('is the same whatever lies beside a tokenizer.json and a model.safetensors, as in older versions', async () => {
  const usual = await fingerprint();
  expect(await fingerprint(write('vocab.txt', 'a'), write('model.safetensors.index.json', '{}'))).toBe(usual);
  expect(await fingerprint(write('vocab.json', '{}'))).not.toBe(usual);
});

it('covers what a folder is read from', async () => {
  const shards = await fingerprint(sharded());
  expect(await fingerprint(sharded(), write('model.safetensors.index.json', '{}'))).not.toBe(shards);
  const [one, other] = [await temporaryFolder(), await temporaryFolder()];
  await write('vocab.txt', 'a')(one);
  await write('vocab.txt', 'b')(other);
  expect(await modelFingerprint(one)).not.toBe(await modelFingerprint(other));
});
