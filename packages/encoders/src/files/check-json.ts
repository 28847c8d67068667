const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * What makes a text unfit as the header or index of a checkpoint, although `JSON.parse` would take it: a key that stands twice,
 * of which it would take the last, or endless nesting. Undefined if nothing does. Linear in the text, which may be hostile.
 */
export function faultOfJson(text: string, { deepest }: { readonly deepest: number }): string | undefined {
  // The keys of each open object; undefined for an open array.
  const open: (Set<string> | undefined)[] = [];
  let wantsKey = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i];
    if (letter === '{' || letter === '[') {
      open.push(letter === '{' ? new Set() : undefined);
      if (open.length > deepest) return `it is nested more than ${deepest} deep`;
      wantsKey = letter === '{';
    } else if (letter === '}' || letter === ']') {
      open.pop();
      wantsKey = false;
    } else if (letter === ',') {
      wantsKey = open.at(-1) !== undefined;
    } else if (letter === '"') {
      const end = endOfString(text, i);
      if (wantsKey) {
        const written = text.slice(i, end + 1);
        const key = written.includes('\\') ? unescaped(written) : written.slice(1, -1);
        const keys = open.at(-1);
        if (keys?.has(key)) return `it has the key ${written.slice(0, 80)} twice`;
        keys?.add(key);
      }
      wantsKey = false;
      i = end;
    }
  }
  return undefined;
}

/** Where the string that begins at `start` has its closing quote, or the text ends. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  return i;
}

/** `"a"` and `"\u0061"` are one key. What is no JSON string is refused by `JSON.parse` of the whole. */
function unescaped(written: string): string {
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}
