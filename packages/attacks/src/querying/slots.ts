/** Lets at most `count` tasks run at the same time; the others start in the order in which they came. */
export class Slots {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((start) => this.waiting.push(start));
    try {
      return await task();
    } finally {
      // The slot goes straight to the next in line, so that nobody slips in between.
      const start = this.waiting.shift();
      if (start) start();
      else this.free++;
    }
  }
}
