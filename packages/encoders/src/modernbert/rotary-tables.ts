import * as tf from '@tensorflow/tfjs-core';
import type { RotaryTables } from '../layers/rotary.js';

/**
 * The angles p·θᵢ with θᵢ = base^(−2i/size), as cosines and sines, [positions, size/2]. Each step is rounded to float32 as in
 * PyTorch: thousands of tokens on, an angle has few digits left.
 */
export function rotaryTables(positions: number, size: number, base: number): RotaryTables {
  const half = size / 2;
  const { fround } = Math;
  const frequencies = Array.from({ length: half }, (_, i) => fround(1 / fround(base ** fround((2 * i) / size))));
  const table = (of: (angle: number) => number): tf.Tensor2D => {
    const values = new Float32Array(positions * half);
    for (let i = 0; i < values.length; i++) {
      values[i] = of(fround(Math.floor(i / half) * (frequencies[i % half] ?? NaN)));
    }
    return tf.tensor2d(values, [positions, half]);
  };
  return { cos: table(Math.cos), sin: table(Math.sin) };
}
