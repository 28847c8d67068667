import type { Descriptor } from '@rose/foundation';

export interface StartOptions {
  /** Threads that the backend may compute with, where it can be told. */
  readonly threads: number;
  /** Fusions of our own backend to do without, to measure what they gain. Others have none: this is not asked of them. */
  readonly without?: readonly string[];
}

/** One way to run the maths, chosen by name. */
export interface Backend extends Descriptor {
  /** The npm package that computes. */
  readonly engine: string;
  /** What it needs beside the packages that come with ROSE. */
  readonly needs?: string;
  /**
   * Makes it the backend that all tensors of this process live on. Done again with the same options it changes nothing.
   * @throws InputError where it cannot be, saying what is missing and how to get it
   */
  readonly start: (options: StartOptions) => Promise<void>;
  /** The native library behind the package, with its version, once the backend has started. */
  readonly library?: () => string;
  /** Whether it can be asked to do without a fusion. */
  readonly fuses?: true;
}

export const defineBackend = (backend: Backend): Backend => backend;
