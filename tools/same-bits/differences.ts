/**
 * Where two plain values differ, a line for each place: `sweep › runs › … › weights: was "1f…", is "2c…"`.
 * Of two lists of lines the lines are told that only one has, so that one line more is one difference.
 */
export function differences(before: unknown, now: unknown, at: readonly string[] = []): string[] {
  if (isText(before) && isText(now)) {
    const lines = [
      ...before.filter((line) => !now.includes(line)).map((line) => `${place(at)}: no longer ${line}`),
      ...now.filter((line) => !before.includes(line)).map((line) => `${place(at)}: now ${line}`),
    ];
    const same = before.length === now.length && before.every((line, i) => line === now[i]);
    return same || lines.length > 0 ? lines : [`${place(at)}: the same lines in another order or number`];
  }
  if (isRecord(before) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys.flatMap((key) => differences(before[key], now[key], [...at, key]));
  }
  return Object.is(before, now) ? [] : [`${place(at)}: was ${shown(before)}, is ${shown(now)}`];
}

const place = (at: readonly string[]): string => at.join(' › ') || 'all';

const isText = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((line) => typeof line === 'string');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  if (value === undefined) return 'absent';
  return isRecord(value) ? `{${Object.keys(value).join(', ')}}` : JSON.stringify(value);
}
