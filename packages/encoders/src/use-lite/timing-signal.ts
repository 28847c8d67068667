const SHORTEST = 1;
const LONGEST = 10_000;

/**
 * Sinusoidal positions [length, width], all sines before all cosines (Vaswani et al. 2017 as in Tensor2Tensor's
 * `get_timing_signal_1d`): wavelengths grow geometrically from 2π to 10,000·2π.
 */
export function timingSignal(length: number, width: number): Float32Array {
  const scales = width / 2;
  const step = Math.log(LONGEST / SHORTEST) / (scales - 1);
  const signal = new Float32Array(length * width);
  for (let position = 0; position < length; position++) {
    for (let scale = 0; scale < scales; scale++) {
      const angle = position * Math.exp(-scale * step);
      signal[position * width + scale] = Math.sin(angle);
      signal[position * width + scales + scale] = Math.cos(angle);
    }
  }
  return signal;
}
