import { temporaryFile } from '@rose/testing';
import { describe, expect, it } from 'vitest';
import { examineBackend, fallbacks, relativeError } from './examine-backend.js';
import { examineInChild } from './examine-in-child.js';

describe('examineBackend', () => {
  it('compares a training step to plain JavaScript', async () => {
    const { usable, findings } = await examineBackend('ort');
    expect(usable).toBe(true);
    expect(Number(/differ from plain JavaScript by ([\d.e-]+)/.exec(findings)?.[1])).toBeLessThan(1e-5);
  });

  it('says why an unknown backend is of no use', async () => {
    const { usable, findings } = await examineBackend('otr');
    expect(usable).toBe(false);
    expect(findings).toBe("There is no backend 'otr'.\nDid you mean 'ort'?");
  });
});

describe('relativeError', () => {
  const expected = new Map([
    ['a', Float32Array.of(3)],
    ['b', Float32Array.of(0, 4)],
  ]);

  it('is taken over everything', () => {
    const actual = new Map([...expected, ['b', Float32Array.of(0.5, 4)]]);
    expect(relativeError(expected, expected)).toBe(0);
    expect(relativeError(actual, expected)).toBeCloseTo(0.1, 12);
  });

  it('is not a number for what is missing', () => {
    expect(relativeError(new Map([['a', Float32Array.of(3)]]), expected)).toBeNaN();
    expect(relativeError(new Map([...expected, ['b', Float32Array.of(0)]]), expected)).toBeNaN();
  });
});

describe('fallbacks', () => {
  it('are named where a backend counts them', () => {
    expect(fallbacks({ stats: () => ({ fallbacks: 2 }) })).toBe('2 operators fell back to plain JavaScript');
    expect(fallbacks({ stats: () => ({}) })).toBe('');
    expect(fallbacks({})).toBe('');
  });
});

describe('examineInChild', () => {
  const good = { usable: true, findings: 'fine' };
  const send = `process.send(${JSON.stringify(good)}, undefined, undefined, () => end());`;
  const examine = async (program: string, patience = 30_000) => {
    const file = await temporaryFile('child.mjs', program);
    return examineInChild({ main: file, args: [], execArgv: [], patience });
  };

  it('hands on what the child found', async () => {
    expect(await examine(`const end = () => process.exit(0); ${send}`)).toEqual(good);
  });

  it('names the libraries that were not found', async () => {
    const words = 'Warning: libvulkan.so.1: cannot open shared object file: No such file or directory\\n';
    const say = `process.stderr.write('${words}'); const end = () => process.exit(0);`;
    expect((await examine(`${say} ${send}`)).findings).toBe('fine');
    const { findings } = await examine(`${say} ${send.replace('true', 'false')}`);
    expect(findings).toBe('fine\nNot found: libvulkan.so.1');
  });

  it('survives a crash, and shows the last words', async () => {
    const { usable, findings } = await examine(`process.stderr.write('no adapter\\n', () => process.abort());`);
    expect(usable).toBe(false);
    expect(findings).toMatch(/^its process ended by SIGABRT\nno adapter/);
  });

  it('trusts no child that crashes after its answer', async () => {
    const { usable } = await examine(`const end = () => process.abort(); ${send}`);
    expect(usable).toBe(false);
  });

  it('does not wait for ever', async () => {
    const examination = await examine('setInterval(() => undefined, 1000);', 500);
    expect(examination).toEqual({ usable: false, findings: 'no answer within 0.5 s' });
  });
});
