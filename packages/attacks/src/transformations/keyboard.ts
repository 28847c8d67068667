/** The letters of an American keyboard; each row is shifted to the right of the row above by part of a key. */
const ROWS = [
  { keys: 'qwertyuiop', shift: 0 },
  { keys: 'asdfghjkl', shift: 0.25 },
  { keys: 'zxcvbnm', shift: 0.75 },
];

const PLACES = ROWS.flatMap(({ keys, shift }, row) => [...keys].map((key, i) => ({ key, row, column: i + shift })));

/** Keys that touch, by letter, lower case. */
export const keyboard: ReadonlyMap<string, readonly string[]> = new Map(
  PLACES.map(({ key, row, column }) => [
    key,
    PLACES.filter((to) => to.key !== key && Math.abs(to.row - row) <= 1 && Math.abs(to.column - column) <= 1).map(
      (to) => to.key,
    ),
  ]),
);

/** Letters whose keys touch that of `letter`, in its case; none for anything but a to z. */
export function keyboardNeighbours(letter: string): readonly string[] {
  const neighbours = keyboard.get(letter.toLowerCase()) ?? [];
  return letter === letter.toLowerCase() ? neighbours : neighbours.map((key) => key.toUpperCase());
}
