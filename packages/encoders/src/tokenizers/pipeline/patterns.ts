import { escapeRegExp, expression } from './characters.js';
import { type Component, isFields } from './component.js';
import { SplitPreTokenizer } from './library.js';

/**
 * A component's `pattern`: a string, or a regular expression in the dialect of Oniguruma, which the library rewrites in
 * JavaScript's.
 */
export function patternOf(component: Component): RegExp {
  const { pattern } = component.fields;
  if (isFields(pattern) && typeof pattern['String'] === 'string')
    return expression(escapeRegExp(pattern['String']), 'g');
  if (isFields(pattern) && typeof pattern['Regex'] === 'string') {
    try {
      const rewritten = new SplitPreTokenizer({ pattern: { Regex: pattern['Regex'] } }).pattern;
      if (rewritten) return rewritten;
    } catch (error) {
      component.refuse(
        `the pattern ${pattern['Regex']} cannot be read (${error instanceof Error ? error.message : String(error)})`,
      );
    }
  }
  return component.refuse('"pattern" should be a String or a Regex');
}
