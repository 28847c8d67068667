/** Any failure of this backend. The message says what happened, and in a second sentence what to do about it. */
export class OrtBackendError extends Error {
  override readonly name: string = 'OrtBackendError';

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(options.hint === undefined ? message : `${message} ${options.hint}`, { cause: options.cause });
  }
}

/** A value was read synchronously before it was computed, or after its array was given back. */
export class NotComputedError extends OrtBackendError {
  override readonly name = 'NotComputedError';
}

/** A kernel was called with inputs or attributes that it cannot take. */
export class KernelError extends OrtBackendError {
  override readonly name = 'KernelError';
}

/** TensorFlow.js asked for a kernel that this backend does not have. */
export class MissingKernelError extends OrtBackendError {
  override readonly name = 'MissingKernelError';
}

/** ONNX Runtime refused to compile or to run a graph. */
export class SessionError extends OrtBackendError {
  override readonly name = 'SessionError';
}
