import { roomConfig } from '../vitest/room-config.mjs';

export default roomConfig(import.meta.dirname, '*.spec.ts');
