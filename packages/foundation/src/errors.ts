/** Where a mistake lies and what to do about it; both are printed below the message. */
export interface InputErrorDetails {
  /** The file, with its line or row where there is one, or the thing that was wrong. */
  readonly where?: string;
  /**
   * The option that was wrong, by the name it has where the error is thrown: `labels`. A room above that knows it by
   * another name says so with `renamingOptions`. Printed as the place where `where` is absent, else beside it.
   */
  readonly option?: string;
  /** What the user can do next. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * What a user asked for makes no sense: an unknown name, a missing folder, a broken file.
 * Printed as one clear message without a stack trace.
 */
export class InputError extends Error {
  readonly where: string | undefined;
  readonly option: string | undefined;
  readonly hint: string | undefined;

  constructor(message: string, details: InputErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'InputError';
    this.where = details.where ?? details.option;
    this.option = details.option;
    this.hint = details.hint;
  }
}

/** A loss, gradient or score that is NaN or infinite: the run that met it has failed, the others go on. */
export class NonFiniteError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NonFiniteError';
  }
}

/** The work was asked to stop and can be taken up again where it stopped. */
export class InterruptedError extends Error {
  constructor(message = 'Interrupted.') {
    super(message);
    this.name = 'InterruptedError';
  }
}

/** What a person should read about an error: message, place, next step. Never a stack trace. */
export function describeError(error: unknown): string {
  if (error instanceof InputError) {
    const { message, hint } = error;
    const where = placeOf(error);
    return [message, where && `  where: ${where}`, hint && `  next:  ${hint}`].filter(Boolean).join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}

/** The place, with the option that led there unless the message or the place names it. */
function placeOf({ message, where, option }: InputError): string | undefined {
  if (where === undefined || option === undefined) return where;
  return message.includes(option) || where.includes(option) ? where : `${where} (${option})`;
}
