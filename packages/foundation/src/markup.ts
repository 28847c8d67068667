/** Text that is HTML already. Only {@link html} and {@link trusted} make it, so that nothing unescaped gets into a page. */
export class Markup {
  constructor(readonly text: string) {}
}

type Insert = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const insert = (value: Insert): string => {
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((part) => part.text).join('\n');
  return String(value).replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign);
};

/** HTML with everything that is put in escaped, but for other markup. Attributes have to be in double quotes. */
export function html(literals: TemplateStringsArray, ...values: readonly Insert[]): Markup {
  return new Markup(literals.map((literal, i) => (i === 0 ? literal : insert(values[i - 1] ?? '') + literal)).join(''));
}

/** Text that is known to be markup: a chart that was drawn by other means. */
export const trusted = (text: string): Markup => new Markup(text);
