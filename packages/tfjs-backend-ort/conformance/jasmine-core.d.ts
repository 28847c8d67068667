/** jasmine-core comes without types; these are of what is used here. */
declare module 'jasmine-core' {
  /** Puts `describe`, `it`, `expect` … where test files look for them. */
  export function boot(): { getEnv(): Environment };

  export interface Environment {
    configure(options: { readonly random: boolean }): void;
    addReporter(reporter: Reporter): void;
    topSuite(): { readonly children: readonly { readonly id: string }[] };
    execute(): Promise<unknown>;
  }

  export interface Reporter {
    suiteStarted(suite: { readonly id: string }): void;
    specDone(result: Result): void;
    suiteDone(result: Result): void;
  }

  /** What is said of a spec, or of a suite, that is over. */
  export interface Result {
    readonly fullName: string;
    readonly status: 'passed' | 'failed' | 'pending' | 'excluded';
    readonly failedExpectations: readonly { readonly message: string }[];
    /** Milliseconds. */
    readonly duration: number | null;
  }
}
