import { mergeConfig } from 'vitest/config';
import { roomConfig } from './vitest/room-config.mjs';

export default mergeConfig(roomConfig(import.meta.dirname), { test: { include: ['nx/**/*.spec.ts'] } });
