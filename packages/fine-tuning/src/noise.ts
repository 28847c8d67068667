import type { RandomStream } from '@rose/foundation';

/** `uniform`: on [−1, 1). `normal`: mean 0, deviation 1. */
export type NoiseDistribution = 'uniform' | 'normal';

const TWO_TO_32 = 4_294_967_296;

/** So many draws, rounded to float32. A normal draw takes 32 random bits, so that none is larger than 6.7 either way. */
export function drawNoise(stream: RandomStream, distribution: NoiseDistribution, count: number): Float32Array {
  return distribution === 'uniform' ? uniforms(stream, count) : normals(stream, count);
}

function uniforms(stream: RandomStream, count: number): Float32Array {
  const values = new Float32Array(count);
  // The nearest float32 below 1 where rounding would reach it.
  for (let i = 0; i < count; i++) values[i] = Math.min((2 * stream.uint32()) / TWO_TO_32 - 1, 1 - 2 ** -24);
  return values;
}

/** Box–Muller, both numbers of each pair. */
function normals(stream: RandomStream, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((stream.uint32() + 1) / TWO_TO_32));
    const angle = (2 * Math.PI * stream.uint32()) / TWO_TO_32;
    values[i] = radius * Math.cos(angle);
    // Beyond the end of an odd count this writes nothing.
    values[i + 1] = radius * Math.sin(angle);
  }
  return values;
}
