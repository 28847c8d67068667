import { describe, expect, it } from 'vitest';
import { InputError } from './errors.js';
import { lookUp } from './look-up.js';
import { renamingOptions } from './renaming-options.js';

describe('lookUp', () => {
  const registry = new Map([
    ['dev', 1],
    ['textfooler', 2],
  ]);
  const context = { kind: 'suite', where: 'suites' };

  it('finds what is there', () => {
    expect(lookUp(registry, 'dev', context)).toBe(1);
  });

  it('names the nearest, or all, where it is not', () => {
    expect(() => lookUp(registry, 'textfoler', context)).toThrow(InputError);
    expect(() => lookUp(registry, 'textfoler', context)).toThrow("There is no suite 'textfoler'.");
    expect(() => renamingOptions({ suites: '--suites' }, () => lookUp(registry, 'textfoler', context))).toThrow(
      expect.objectContaining({ where: '--suites' }),
    );
    const hintOf = (name: string) => {
      try {
        lookUp(registry, name, context);
      } catch (error) {
        return (error as InputError).hint;
      }
      return undefined;
    };
    expect(hintOf('textfoler')).toBe("Did you mean 'textfooler'?");
    expect(hintOf('quantum')).toBe('Known: dev, textfooler.');
  });
});
