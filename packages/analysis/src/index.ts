export { relativeDrift } from './relative-drift.js';
