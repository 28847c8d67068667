function valueOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let table: Float32Array | undefined;

/** IEEE 754 half precision (F16): 1 sign, 5 exponent and 10 fraction bits. */
export function float16ToFloat32(half: Uint16Array): Float32Array {
  // A table of all 65,536 values, made once: a model has hundreds of millions.
  const values = (table ??= Float32Array.from({ length: 0x10000 }, (_, bits) => valueOfHalf(bits)));
  const result = new Float32Array(half.length);
  for (let i = 0; i < half.length; i++) result[i] = values[half[i] as number] as number;
  return result;
}

/** bfloat16: the upper half of a float32. */
export function bfloat16ToFloat32(half: Uint16Array): Float32Array {
  const result = new Uint32Array(half.length);
  for (let i = 0; i < half.length; i++) result[i] = (half[i] as number) << 16;
  return new Float32Array(result.buffer);
}
