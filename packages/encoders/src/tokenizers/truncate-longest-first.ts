/**
 * How many tokens each text of a pair keeps if both together may have `room`. The longer text is cut first.
 * It agrees with Hugging Face's Rust tokenizers (`truncate_encodings`, LongestFirst), also if both are too long and `room` is odd.
 */
export function truncateLongestFirst(first: number, second: number, room: number): [number, number] {
  const shorter = Math.min(first, second);
  let keepShorter = shorter;
  let keepLonger = shorter > room ? shorter : Math.max(shorter, room - shorter);
  if (keepShorter + keepLonger > room) {
    keepShorter = Math.floor(room / 2);
    keepLonger = room - keepShorter;
  }
  const keep: [number, number] = first > second ? [keepLonger, keepShorter] : [keepShorter, keepLonger];
  return [Math.min(first, keep[0]), Math.min(second, keep[1])];
}
