import { z } from 'zod';

/** A whole number from 1 up. */
export const count = (usual: number, description: string) => z.int().min(1).default(usual).describe(description);

/** A whole number from 1 up; without it, there is no limit. */
export const optionalCount = (description: string) => z.int().min(1).optional().describe(description);

/** A number in 0 … 1: a share, a probability, a similarity. */
export const share = (usual: number, description: string) =>
  z.number().min(0).max(1).default(usual).describe(description);

/** A number in −1 … 1. */
export const cosine = (usual: number, description: string) =>
  z.number().min(-1).max(1).default(usual).describe(description);
