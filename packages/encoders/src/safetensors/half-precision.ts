/** IEEE 754 half precision (F16): 1 sign, 5 exponent and 10 fraction bits. */
export function float16ToFloat32(half: Uint16Array): Float32Array {
  return Float32Array.from(half, (bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}

/** bfloat16: the upper half of a float32. */
export function bfloat16ToFloat32(half: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(half, (bits) => bits << 16).buffer);
}
