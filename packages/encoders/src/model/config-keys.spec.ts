import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { familyCases } from '@rose/testing';
import { expect, it } from 'vitest';
import { families } from '../families/families.js';
import { JsonObject } from '../files/json-object.js';
import { type ConfigKeys, checkConfigKeys } from './config-keys.js';

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

/** The keys that a parser asks a config.json for. */
function keysRead(parse: (config: JsonObject) => unknown, fields: object): string[] {
  const read = new Set<string>();
  const config = JsonObject.parse(JSON.stringify(fields), 'c.json');
  const watched = new Proxy(config.fields, {
    get: (target, key) => {
      if (typeof key === 'string') read.add(key);
      return target[String(key)];
    },
  });
  parse(Object.assign(Object.create(config) as JsonObject, { fields: watched }));
  return [...read].sort();
}

/** Cases that no family reads. */
const refused = ['distilbert-sinusoidal'];

const withKeys = [...families.values()].flatMap((family) =>
  family.configKeys ? [[family.name, family] as const] : [],
);

it.each(withKeys)(
  '%s: the list says what is read, and knows every key of a folder that transformers wrote',
  (name, family) => {
    const { configKeys: list = keys } = family;
    const configs = familyCases()
      .filter(({ modelType, name: called }) => modelType === name && !refused.includes(called))
      .map(({ folder }) => JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as object);
    // Keys that only some models of the family have are read with those alone.
    const read = new Set(configs.flatMap((fields) => keysRead((config) => family.sizes(config), fields)));
    expect([...read].sort()).toEqual([...list.read].sort());
    for (const fields of configs) expect(check(fields, list)).toEqual([]);
  },
);
