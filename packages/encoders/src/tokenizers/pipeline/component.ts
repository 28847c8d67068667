import { InputError } from '@rose/foundation';

/** What a file in JSON says of one thing. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One part of a tokenizer, as tokenizer.json describes it: a normalizer, a pre-tokenizer, a model … Whatever cannot be done as
 * Python does it is refused by name, because a wrong id is worse than none.
 */
export class Component {
  readonly type: string;

  constructor(
    /** What it is, in the words of tokenizer.json: `normalizer`, `pre_tokenizer` … */
    readonly kind: string,
    readonly fields: Fields,
    /** The file that describes it. */
    readonly where: string,
  ) {
    this.type = typeof fields['type'] === 'string' ? fields['type'] : '';
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'boolean' ? value : this.refuse(`"${key}" should be true or false`);
  }

  text(key: string, fallback?: string): string {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'string' ? value : this.refuse(`"${key}" should be a string`);
  }

  /** A whole number of at least 0. */
  count(key: string, fallback?: number): number {
    const value = this.fields[key] ?? fallback;
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? (value as number)
      : this.refuse(`"${key}" should be a whole number`);
  }

  /** One of a few words, in lower case. */
  choice<Choice extends string>(key: string, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.text(key, fallback).toLowerCase();
    return choices.find((choice) => choice === value) ?? this.refuse(`"${key}" should be one of ${choices.join(', ')}`);
  }

  object(key: string): Fields {
    const value = this.fields[key];
    return isFields(value) ? value : this.refuse(`"${key}" should be an object`);
  }

  list(key: string): readonly unknown[] {
    const value = this.fields[key];
    return Array.isArray(value) ? value : this.refuse(`"${key}" should be a list`);
  }

  /** The parts that a sequence consists of. */
  parts(key: string): Component[] {
    return this.list(key).map((part) =>
      isFields(part) ? new Component(this.kind, part, this.where) : this.refuse(`"${key}" should hold objects`),
    );
  }

  /** Refuses keys that change what the component does and that nothing here reads, unless they have the value that does nothing. */
  expect(neutral: Fields): void {
    for (const [key, value] of Object.entries(neutral)) {
      const found = this.fields[key] ?? null;
      if (found !== value && found !== null && found !== '')
        this.refuse(`"${key}" ${JSON.stringify(found)} is not supported`);
    }
  }

  refuse(reason: string): never {
    throw new InputError(`The ${this.kind} ${this.type}: ${reason}.`, {
      where: this.where,
      hint: 'Save the tokenizer again with a current version of transformers, or use a model whose tokenizer is supported.',
    });
  }

  /** What makes a component of this type. @throws InputError for a type that is not in the table */
  lookUp<Maker>(makers: Readonly<Record<string, Maker>>): Maker {
    const maker = Object.hasOwn(makers, this.type) ? makers[this.type] : undefined;
    if (maker !== undefined) return maker;
    throw new InputError(`The ${this.kind} "${this.type}" is not supported.`, {
      where: this.where,
      hint: `Supported types of "${this.kind}": ${Object.keys(makers).join(', ')}.`,
    });
  }
}
