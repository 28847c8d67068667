/** What everything that is chosen by name says of itself, in the file that implements it. */
export interface Descriptor {
  /** The name that it is chosen by. */
  readonly name: string;
  /** What it is, in one line. */
  readonly title: string;
  /** Where it was published: authors, year, venue or arXiv number. */
  readonly paper?: string;
}

/**
 * Descriptors by name, in their order.
 * @throws Error for two of one name: one of them would never be found
 */
export function byName<D extends Pick<Descriptor, 'name'>>(descriptors: readonly D[]): ReadonlyMap<string, D> {
  const found = new Map<string, D>();
  for (const descriptor of descriptors) {
    if (found.has(descriptor.name)) throw new Error(`Two are called '${descriptor.name}'.`);
    found.set(descriptor.name, descriptor);
  }
  return found;
}
