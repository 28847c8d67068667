/** A map that forgets what was used longest ago once its keys hold more characters than allowed. */
export class LruCache<Value> {
  private readonly entries = new Map<string, Value>();
  private weight = 0;

  /** @param limit characters of keys held at most; each entry counts 64 more for itself. */
  constructor(private readonly limit: number) {}

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    if (!this.entries.delete(key)) this.weight += weightOf(key);
    this.entries.set(key, value);
    for (const oldest of this.entries.keys()) {
      if (this.weight <= this.limit) break;
      this.entries.delete(oldest);
      this.weight -= weightOf(oldest);
    }
  }
}

const weightOf = (key: string) => key.length + 64;
