const void_ = new Set(['meta', 'br', 'link', 'img', '!doctype']);

/** The tags that are opened and not closed in their order, or closed and not opened; [] for well-formed markup. */
export function unclosedTags(markup: string): string[] {
  const open: string[] = [];
  for (const [, closing, name = '', selfClosed] of markup.matchAll(
    /<(\/?)([!a-z][\w:-]*)(?:"[^"]*"|[^">])*?(\/?)>/giu,
  )) {
    if (selfClosed || void_.has(name.toLowerCase())) continue;
    if (!closing) open.push(name);
    else if (open.at(-1) === name) open.pop();
    else return [...open, `/${name}`];
  }
  return open;
}
