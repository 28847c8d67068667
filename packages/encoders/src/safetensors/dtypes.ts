/** Bits of one element, by the type's name in the format. */
const bits: ReadonlyMap<string, number> = new Map([
  ...(['F64', 'I64', 'U64', 'C64'] as const).map((dtype): [string, number] => [dtype, 64]),
  ...(['F32', 'I32', 'U32'] as const).map((dtype): [string, number] => [dtype, 32]),
  ...(['F16', 'BF16', 'I16', 'U16'] as const).map((dtype): [string, number] => [dtype, 16]),
  ...(['I8', 'U8', 'BOOL'] as const).map((dtype): [string, number] => [dtype, 8]),
  ...(['F8_E4M3', 'F8_E5M2', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ'] as const).map((dtype): [string, number] => [
    dtype,
    8,
  ]),
  ...(['F6_E2M3', 'F6_E3M2'] as const).map((dtype): [string, number] => [dtype, 6]),
  ['F4', 4],
]);

/** Undefined for a type that the format does not have. */
export const bitsOf = (dtype: string): number | undefined => bits.get(dtype);

/** The types that weights are read from. */
const READABLE = ['F32', 'F16', 'BF16'] as const;
export type ReadableDtype = (typeof READABLE)[number];

export const isReadable = (dtype: string): dtype is ReadableDtype => (READABLE as readonly string[]).includes(dtype);

/** Whole numbers and truth values. In a checkpoint these are buffers, such as position ids, unless it is quantised. */
export const isWhole = (dtype: string): boolean => /^[IU]\d+$|^BOOL$/.test(dtype);

/** What to do about weights of a type that is not read. */
export function conversionHint(dtype: string): string {
  return isWhole(dtype) || /^F[468]/.test(dtype)
    ? 'The weights are quantised. Take the model before its quantisation, or have Python write it as F32: `model.dequantize()` where its library has that, then `model.float().save_pretrained(folder)`.'
    : 'Save the model as F32, F16 or BF16, for instance with `model.float().save_pretrained(folder)` in Python.';
}
