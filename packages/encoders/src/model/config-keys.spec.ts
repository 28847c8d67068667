import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyCases } from '@rose/testing';
import { expect, it } from 'vitest';
import { families } from '../families/families.js';
import { JsonObject } from '../files/json-object.js';
import { type ConfigKeys, checkConfigKeys } from './config-keys.js';
import type { Family } from './family.js';

const keys: ConfigKeys = { read: ['hidden_size'], withoutEffect: ['colour'], only: { gates: [1, 'one'] } };
const check = (fields: object, family = keys) =>
  checkConfigKeys(JsonObject.parse(JSON.stringify(fields), 'c.json'), family);

it('takes what is read, what has no effect, and what changes nothing at its value', () => {
  expect(
    check({ hidden_size: 3, colour: 'red', gates: 1, use_cache: true, is_decoder: false, pruned_heads: {} }),
  ).toEqual([]);
  expect(
    check({ gates: 'one', is_decoder: null, quantization_config: null, auto_map: { AutoTokenizer: 'x' } }),
  ).toEqual([]);
});

it('refuses other values, by key and file', () => {
  expect(() => check({ gates: 2 })).toThrow(
    expect.objectContaining({
      ...{ name: 'InputError', where: 'c.json', hint: 'Only models with 1 or "one" can be read.' },
      message: '"gates" is 2, which changes what the model computes and is not supported.',
    }),
  );
});

it('says which keys nobody knows', () => {
  expect(check({ hiden_size: 3, constructor: 1 })).toEqual([
    'config.json has keys that no one here knows, and that were not read: "hiden_size", "constructor"',
  ]);
});

/** The keys that a family asks a config.json for. */
function keysRead({ sizes }: Family, config: JsonObject): string[] {
  const read = new Set<string>();
  const fields = new Proxy(config.fields, {
    get: (target, key) => {
      if (typeof key === 'string') read.add(key);
      return target[String(key)];
    },
  });
  sizes(Object.assign(Object.create(config) as JsonObject, { fields }));
  return [...read];
}

it.each([...families.values()].filter(({ configKeys }) => configKeys))(
  '$name: the list says what is read, and knows every key of a folder that transformers wrote',
  (family) => {
    const { configKeys: list = keys } = family;
    const configs = familyCases()
      .filter(({ modelType }) => modelType === family.name)
      .map(({ folder }) => join(folder, 'config.json'))
      .map((file) => JsonObject.parse(readFileSync(file, 'utf8'), file));
    // Keys that only some models of the family have are read with those alone.
    const read = new Set(configs.flatMap((config) => keysRead(family, config)));
    expect([...read].sort()).toEqual([...list.read].sort());
    for (const config of configs) expect(checkConfigKeys(config, list)).toEqual([]);
  },
);
