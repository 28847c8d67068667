import { roomConfig } from '../../tools/vitest/room-config.mjs';

export default roomConfig(import.meta.dirname);
