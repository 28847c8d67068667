export { parameterGroup, relativeDrift } from './relative-drift.js';
