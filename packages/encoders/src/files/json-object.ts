import { InputError } from '@rose/foundation';

/** A JSON object from a file, read field by field. Every error names the file and the key. */
export class JsonObject {
  private constructor(
    readonly fields: Readonly<Record<string, unknown>>,
    readonly where: string,
  ) {}

  static parse(text: string, where: string): JsonObject {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new InputError('The file is not valid JSON.', { where, hint: 'Fetch or write the file again.', cause });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new InputError('The file does not hold a JSON object.', { where, hint: 'Fetch or write the file again.' });
    }
    return new JsonObject(value as Record<string, unknown>, where);
  }

  string(key: string, fallback?: string): string {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'string' ? value : this.refuse(key, 'a string');
  }

  /** A whole number of at least 1. */
  count(key: string, fallback?: number): number {
    const value = this.fields[key] ?? fallback;
    return Number.isSafeInteger(value) && (value as number) > 0
      ? (value as number)
      : this.refuse(key, 'a positive whole number');
  }

  /** The number of a token or a row: a whole number from 0 on. */
  id(key: string, fallback: number): number {
    const value = this.fields[key] ?? fallback;
    return Number.isSafeInteger(value) && (value as number) >= 0
      ? (value as number)
      : this.refuse(key, 'a whole number of at least 0');
  }

  /** A probability below 1: a dropout rate. */
  rate(key: string, fallback: number): number {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'number' && value >= 0 && value < 1 ? value : this.refuse(key, 'a number in [0, 1)');
  }

  positive(key: string, fallback: number): number {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'number' && value > 0 && Number.isFinite(value)
      ? value
      : this.refuse(key, 'a positive number');
  }

  /** Yes or no. */
  flag(key: string, fallback: boolean): boolean {
    const value = this.fields[key] ?? fallback;
    return typeof value === 'boolean' ? value : this.refuse(key, 'true or false');
  }

  private refuse(key: string, wanted: string): never {
    const found = JSON.stringify(this.fields[key]) ?? 'missing';
    throw new InputError(`"${key}" should be ${wanted} and is ${found}.`, {
      where: this.where,
      hint: `Set "${key}" in the file, or fetch the model again.`,
    });
  }
}

/** Fields that are there already, as if they stood in a config.json. */
export const readConfigObject = (fields: Readonly<Record<string, unknown>>): JsonObject =>
  JsonObject.parse(JSON.stringify(fields), 'config.json');
