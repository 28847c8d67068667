import { type Selection, adamW } from '@rose/fine-tuning';

/** No selection: every update reaches its weight. */
export function everything(): Selection {
  return { name: 'all', rule: adamW, select: () => new Map() };
}
