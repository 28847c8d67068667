import { type Selection, adamW } from '@rose/fine-tuning';

/** No selection: every update reaches its weight. */
export const everything = (): Selection => ({ name: 'all', rule: adamW });
