/** Verbs that take "n't" without changing. */
const WITH_NOT = 'is are was were do does did has have had could would should might must need'.split(' ');

/** Subjects by what follows them, written out and contracted. "'s" and "'d" are taken for "is" and "would". */
const WITH_VERB: readonly (readonly [subjects: string, verb: string, ending: string])[] = [
  ['i', 'am', "'m"],
  ['you we they', 'are', "'re"],
  ['he she it that there here what who where how', 'is', "'s"],
  ['i you we they', 'have', "'ve"],
  ['i you he she it we they that', 'will', "'ll"],
  ['i you he she we they', 'would', "'d"],
];

/**
 * English contractions and what they stand for, lower case, written for this project. No two stand for the same words.
 */
export const contractions: ReadonlyMap<string, string> = new Map([
  ...WITH_NOT.map((verb) => [`${verb}n't`, `${verb} not`] as const),
  ["can't", 'can not'],
  ["won't", 'will not'],
  ["shan't", 'shall not'],
  ["let's", 'let us'],
  ...WITH_VERB.flatMap(([subjects, verb, ending]) =>
    subjects.split(' ').map((subject) => [subject + ending, `${subject} ${verb}`] as const),
  ),
]);
