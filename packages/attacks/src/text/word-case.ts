const isLower = (text: string) => text === text.toLowerCase() && text !== text.toUpperCase();
const isUpper = (text: string) => text === text.toUpperCase() && text !== text.toLowerCase();

/**
 * `word` in the case of `model`: lower, UPPER (from two characters on) or Capitalised; in any other case as it came.
 * TextAttack `recover_word_case`.
 */
export function restoreCase(word: string, model: string): string {
  const [first = '', ...rest] = model;
  if (isLower(model)) return word.toLowerCase();
  if (isUpper(model) && rest.length > 0) return word.toUpperCase();
  if (isUpper(first) && (rest.length === 0 || isLower(rest.join('')))) {
    const [initial = '', ...others] = word;
    return initial.toUpperCase() + others.join('').toLowerCase();
  }
  return word;
}
