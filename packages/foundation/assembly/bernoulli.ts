/**
 * Dropout's random bytes, in AssemblyScript: four xoshiro128** generators (Blackman & Vigna 2018) side by side, one in
 * each lane of a vector. Integer arithmetic throughout, so that every machine draws the same. `src/bernoulli.ts` calls
 * it block by block; `src/bernoulli-bytes.spec.ts` compiles it.
 */

/** Where the vectors s₀ … s₃ of the generators' state lie; the bytes drawn come behind them. */
const STATE: usize = 0;
const BLOCK: usize = 64;

/** Bytes that a step of the generators gives: 16 bits for each, of 128. */
const EIGHT: usize = 8;

function rotateLeft(x: v128, k: i32): v128 {
  return v128.or(i32x4.shl(x, k), i32x4.shr_u(x, 32 - k));
}

/** rotl(s₁ · 5, 7) · 9; shifts are faster here than multiplications. */
function scrambled(s1: v128): v128 {
  const x = rotateLeft(i32x4.add(i32x4.shl(s1, 2), s1), 7);
  return i32x4.add(i32x4.shl(x, 3), x);
}

/**
 * Writes `count` bytes, a multiple of 8: 1 with probability threshold / 65,536, else 0.
 *
 * Each byte has 16 bits of its own: a step of the generators gives eight bytes, lane after lane, low half before high.
 * (Two steps to fill a whole vector would save a sixth of the time here, a tenth of what a mask costs in the end.)
 */
export function draw(count: u32, threshold: i32): void {
  let s0 = v128.load(STATE);
  let s1 = v128.load(STATE, 16);
  let s2 = v128.load(STATE, 32);
  let s3 = v128.load(STATE, 48);

  // 16 bits are drawn as a signed number, −32,768 … 32,767: dropped where they exceed the last that is kept. At
  // threshold 0 there is none: then kept bytes are 0 as well.
  const last = i16x8.splat((threshold - 32_769) as i16);
  const one = i8x16.splat(threshold > 0 ? 1 : 0);

  const end = BLOCK + (count as usize);
  for (let at = BLOCK; at < end; at += EIGHT) {
    const dropped = i16x8.gt_s(scrambled(s1), last);
    const bytes = v128.andnot(one, i8x16.narrow_i16x8_s(dropped, dropped));
    v128.store64_lane(at, bytes, 0);

    const t = i32x4.shl(s1, 9);
    s2 = v128.xor(s2, s0);
    s3 = v128.xor(s3, s1);
    s1 = v128.xor(s1, s2);
    s0 = v128.xor(s0, s3);
    s2 = v128.xor(s2, t);
    s3 = rotateLeft(s3, 11);
  }

  v128.store(STATE, s0);
  v128.store(STATE, s1, 16);
  v128.store(STATE, s2, 32);
  v128.store(STATE, s3, 48);
}
