import { InputError } from '@rose/foundation';

/** Why a setting acts on nothing. */
export interface Idleness {
  readonly why: string;
  /** Names of what it would act on. */
  readonly servants: readonly string[];
}

/** A setting that was given and acts on nothing. */
export interface IdleSetting extends Idleness {
  readonly path: readonly string[];
}

/** @throws InputError for the first of these settings */
export function refuseIdle(idle: readonly IdleSetting[]): void {
  const [first] = idle;
  if (!first) return;
  const { path, why, servants } = first;
  throw new InputError(`The setting '${path.join('.')}' has no use here: ${why}.`, {
    option: path.join('.'),
    hint:
      servants.length > 0
        ? `It is a setting of ${servants.join(', ')}. Leave it out, or choose one of these.`
        : 'Leave it out.',
  });
}
