import { IRREGULAR_FORMS, type WordNetPart } from './irregular-forms.js';

/**
 * WordNet's detachment rules (manual page morphy(7WN)): ending, what stands in its place. The last of verbs and the last two of
 * adjectives are ours: WordNet lists such forms as exceptions, one by one.
 */
const DETACHMENTS: Record<WordNetPart, readonly (readonly [ending: string, instead: string])[]> = {
  noun: [
    ['s', ''],
    ['ses', 's'],
    ['ves', 'f'],
    ['xes', 'x'],
    ['zes', 'z'],
    ['ches', 'ch'],
    ['shes', 'sh'],
    ['men', 'man'],
    ['ies', 'y'],
  ],
  verb: [
    ['s', ''],
    ['ies', 'y'],
    ['es', 'e'],
    ['es', ''],
    ['ed', 'e'],
    ['ed', ''],
    ['ing', 'e'],
    ['ing', ''],
    ['ied', 'y'],
  ],
  adj: [
    ['er', ''],
    ['est', ''],
    ['er', 'e'],
    ['est', 'e'],
    ['ier', 'y'],
    ['iest', 'y'],
  ],
  adv: [],
};

/** "stopped", "running", "bigger": the doubled consonant goes too (WordNet lists these as exceptions one by one). */
const DOUBLED: Partial<Record<WordNetPart, RegExp>> = {
  verb: /^(.*[aeiou]([bdgklmnprtvz]))\2(?:ed|ing)$/,
  adj: /^(.*[aeiou]([bdgmnt]))\2(?:er|est)$/,
};

const irregular = new Map<WordNetPart, ReadonlyMap<string, readonly string[]>>();

/** Inflected form to base forms, turned round on first use. */
function irregularOf(part: WordNetPart): ReadonlyMap<string, readonly string[]> {
  const known = irregular.get(part);
  if (known) return known;
  const bases = new Map<string, readonly string[]>();
  for (const entry of (IRREGULAR_FORMS[part] ?? '').split(';')) {
    const [base = '', ...forms] = entry.trim().split(' ');
    for (const form of forms) bases.set(form, [...(bases.get(form) ?? []), base]);
  }
  irregular.set(part, bases);
  return bases;
}

/**
 * What `word` (lower case) may be a form of, itself first; a form that is not a word is not found in WordNet.
 * As WordNet's morphy: an irregular form knows its base, all others lose an ending.
 */
export function baseForms(word: string, part: WordNetPart): readonly string[] {
  const exceptions = irregularOf(part).get(word);
  if (exceptions) return [word, ...exceptions];
  const detached = DETACHMENTS[part]
    .filter(([ending]) => word.endsWith(ending) && word.length > ending.length)
    .map(([ending, instead]) => word.slice(0, -ending.length) + instead);
  const single = DOUBLED[part]?.exec(word)?.[1];
  return [...new Set([word, ...detached, ...(single ? [single] : [])])];
}
