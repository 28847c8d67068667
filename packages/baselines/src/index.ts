export { everything } from './everything.js';
export { vanilla } from './vanilla.js';
