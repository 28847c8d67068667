/** Each value once, in the order in which they first occur. */
export const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** Each number once, the smallest first. */
export const ascending = (values: readonly number[]): number[] => distinct(values).sort((a, b) => a - b);
