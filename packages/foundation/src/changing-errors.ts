/**
 * Calls `use`, and throws what `change` makes of its errors, those of a promise included.
 *
 * @returns what `use` returns; a promise stays a promise
 */
export function changingErrors<T>(change: (error: unknown) => unknown, use: () => T): T {
  try {
    const result = use();
    if (!(result instanceof Promise)) return result;
    return result.catch((error: unknown) => {
      throw change(error);
    }) as T;
  } catch (error) {
    throw change(error);
  }
}
