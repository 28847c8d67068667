import { type Document, LineCounter, isMap, isScalar, parseDocument } from 'yaml';

/** What a YAML text holds. */
export interface YamlText {
  readonly content: unknown;
  /** The line of the key at the end of a path, or of the last key on it that is there; counted from 1. */
  lineOf(path: readonly string[]): number | undefined;
}

/** What is wrong with a YAML text, in one line. */
export class YamlError extends Error {
  constructor(
    message: string,
    readonly line: number | undefined,
  ) {
    super(message);
    this.name = 'YamlError';
  }
}

/** @throws YamlError for what is no YAML, and for what is and cannot be made values of */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter: lines });
  const [problem] = document.errors;
  if (problem) throw new YamlError(problem.message.split('\n')[0] ?? '', problem.linePos?.[0].line);
  return { content: valueOf(document), lineOf: (path) => lineOf(document, path, lines) };
}

/** Aliases are resolved here: one may have no anchor, or grow beyond all bounds. */
function valueOf(document: Document.Parsed): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new YamlError((error as Error).message, undefined);
  }
}

function lineOf(document: Document.Parsed, path: readonly string[], lines: LineCounter): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find(({ key: other }) => isScalar(other) && String(other.value) === key)
      : undefined;
    if (!pair || !isScalar(pair.key) || !pair.key.range) return line;
    ({ line } = lines.linePos(pair.key.range[0]));
    node = pair.value;
  }
  return line;
}
