export type { Backend, StartOptions } from './backend.js';
export { backends, findBackend, startBackend } from './backends.js';
export type { StartBackendOptions } from './backends.js';
