import { readFileSync } from 'node:fs';

export interface ReadmeExample {
  readonly code: string;
  /** What the code prints, as the README shows it. */
  readonly output: string;
}

const fence = (language: string) => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm');

/** A README's first JavaScript block and the text block that follows it, or undefined where it has none. */
export function readmeExample(file: string): ReadmeExample | undefined {
  const text = readFileSync(file, 'utf8');
  const code = fence('js').exec(text);
  const output = code && fence('text').exec(text.slice(code.index));
  return code?.[1] !== undefined && output?.[1] !== undefined ? { code: code[1], output: output[1] } : undefined;
}
