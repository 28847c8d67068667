const UNITS = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** The English word for 0 … 99, such as "forty-two"; digits for everything else. */
export function wordOfNumber(value: number): string {
  const unit = UNITS[value];
  if (unit !== undefined) return unit;
  const tens = TENS[Math.floor(value / 10) - 2];
  if (tens === undefined) return String(value);
  return value % 10 === 0 ? tens : `${tens}-${UNITS[value % 10] ?? ''}`;
}

const VALUES = new Map(Array.from({ length: 100 }, (_, value) => [wordOfNumber(value), value]));

/** 0 … 99 from its English word, lower case; undefined for any other word. */
export function numberOfWord(word: string): number | undefined {
  return VALUES.get(word);
}
