export { OrtBackend, type OrtStats } from './backend/backend.js';
export { KernelError, MissingKernelError, NotComputedError, OrtBackendError, SessionError } from './graph/errors.js';
export { fusionNames } from './fusions.js';
export { type OrtBackendOptions, registerOrtBackend } from './register.js';
